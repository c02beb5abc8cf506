import type { Dictionary } from '../dictionary';

/** Why the engine runs where it runs, and what stops it. */
export const engine: Dictionary = {
  'WASM was chosen in the settings.': '设置中选择了 WASM。',
  'This browser has no WebGPU here.': '本浏览器在这里没有 WebGPU。',
  'The browser offers no GPU.': '浏览器没有提供 GPU。',
  'The only GPU is emulated in software, which is slower than WASM.': '唯一的 GPU 由软件模拟，比 WASM 更慢。',
  'The GPU could not be probed: {{detail}}': '无法检测 GPU：{{detail}}',

  'The engine was closed.': '引擎已关闭。',
  'It was replaced, because other settings were asked for.': '因设置更改，它已被替换。',
  'It was stopped after a fault.': '出错后已停止。',
  "It was stopped because '{{method}}' did not answer.": '“{{method}}”没有响应，因此已停止。',
  'The request cannot be sent: {{detail}}': '无法发送请求：{{detail}}',
  'It sent a message that this page does not understand.': '它发送了本页面无法理解的消息。',
  'It sent a message that could not be read.': '它发送了无法读取的消息。',
  'Its script could not be loaded or threw an error.': '它的脚本无法加载或出错。',

  'The file {{path}} is not listed.': '清单中没有文件 {{path}}。',
  '{{path}} is not JSON.': '{{path}} 不是 JSON。',
  '{{path}} is not a JSON object.': '{{path}} 不是 JSON 对象。',
  'Model files can only be checked on https or localhost; this page is on neither.': '只有在 https 或 localhost 上才能校验模型文件，而本页面两者都不是。',
  'No encoder for {{provider}} among {{files}}.': '{{files}} 中没有适用于 {{provider}} 的编码器。',
  'The encoder gives {{found}} numbers, not {{expected}}.': '编码器给出 {{found}} 个数，应为 {{expected}} 个。',
  'This worker is set up for other models or another device; start a fresh one.': '这个工作线程是为其他模型或设备准备的，请重新启动。',
  "The router's output {{name}} has {{found}} values, not {{expected}}.": '路由器的输出 {{name}} 有 {{found}} 个值，应为 {{expected}} 个。',
  'The router gave no output.': '路由器没有输出。',
  'It computes wrong numbers: {{detail}}.': '计算结果有误：{{detail}}。',
  "the embedding of '{{name}}' has cosine {{found}} to the known one": '“{{name}}”的嵌入与已知结果的余弦为 {{found}}',
  "the router is off by {{error}} on '{{name}}'": '路由器在“{{name}}”上的误差为 {{error}}',
};
