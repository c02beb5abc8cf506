import type { Dictionary } from '../dictionary';

/** Parts that several views share: joints between sentences, comparisons, diagrams. */
export const ui: Dictionary = {
  '{{before}} {{next}}': '{{before}}{{next}}',
  '{{before}}\n{{next}}': '{{before}}\n{{next}}',
  ' ': '',
  ', ': '、',
  '“{{traits}}”': '“{{traits}}”',
  'Two answers': '两个回答',
  'Left answer': '左边的回答',
  'Right answer': '右边的回答',
  'Equally good': '一样好',
  'Skip this comparison': '跳过这次比较',
  'It asks for something from elsewhere, such as an image or a style. Tacit draws only what is in the reply itself.': '它要从别处加载图片、样式等内容。Tacit 只绘制回答本身包含的内容。',
  'Mermaid drew nothing.': 'Mermaid 没有画出任何内容。',
  'The search worker could not be started.': '无法启动搜索。',
  'The reader stopped.': '读取中断了。',
};
