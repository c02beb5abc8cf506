import type { Dictionary } from '../dictionary';

/** The shell, the sidebar with its history, search, palette and shortcuts. */
export const history: Dictionary = {
  'Skip to content': '跳到主要内容',
  'Open the sidebar': '打开侧边栏',
  'Conversations and views': '对话与页面',
  Opening: '正在打开',
  'Router is asleep': '路由器休眠中',
  'Router is loading': '路由器加载中',
  'Router is loading · {{percent}} %': '路由器加载中 · {{percent}}%',
  'Router ready · {{device}}, on this device': '路由器就绪 · 本机 {{device}}',
  'Router could not load · details': '路由器无法加载 · 详情',
  'This page stopped working': '此页面停止工作了',
  'Reload Tacit': '重新加载 Tacit',
  'Your conversations and picks are safe on this device. The error was: {{error}}': '你的对话和选择安全地保存在本设备上。错误信息：{{error}}',
  Send: '发送',
  'New line': '换行',
  'Stop the answer': '停止回答',
  'New chat': '新对话',
  'Search your chats': '搜索对话',
  'Left answer is better': '左边的回答更好',
  'Right answer is better': '右边的回答更好',
  'Both equally good': '两个一样好',
};
