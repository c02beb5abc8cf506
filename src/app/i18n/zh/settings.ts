import type { Dictionary } from '../dictionary';

/** Settings, Help and the bars of the offline feature. */
export const settings: Dictionary = {
  Appearance: '外观',
  Theme: '主题',
  'Like the system': '跟随系统',
  Light: '浅色',
  Dark: '深色',
  Language: '语言',
};
