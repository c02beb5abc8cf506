import type { Dictionary } from '../dictionary';

/** Names of the views, and words that several areas use. */
export const common: Dictionary = {
  Chat: '对话',
  Taste: '偏好',
  Memory: '记忆',
  Models: '模型',
  Settings: '设置',
  Help: '帮助',
};
