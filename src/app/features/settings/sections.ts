import { mark } from '../../../core/phrase';

export const SECTIONS = [
  { id: 'appearance', label: mark('Appearance') },
  { id: 'router', label: mark('Router') },
  { id: 'engine', label: mark('Engine') },
  { id: 'privacy', label: mark('Keys and privacy') },
  { id: 'about', label: mark('About') },
] as const;

export type SectionId = (typeof SECTIONS)[number]['id'];

export function sectionOf(argument: string | null): SectionId | null {
  return SECTIONS.find((section) => section.id === argument)?.id ?? null;
}
