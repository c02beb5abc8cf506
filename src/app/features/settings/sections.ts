export const SECTIONS = [
  { id: 'appearance', label: 'Appearance' },
  { id: 'router', label: 'Router' },
  { id: 'engine', label: 'Engine' },
  { id: 'privacy', label: 'Keys and privacy' },
  { id: 'about', label: 'About' },
] as const;

export type SectionId = (typeof SECTIONS)[number]['id'];

export function sectionOf(argument: string | null): SectionId | null {
  return SECTIONS.find((section) => section.id === argument)?.id ?? null;
}
