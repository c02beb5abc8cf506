import type { App } from '../../store/app';
import type { SettingValue } from '../../store/settings';
import { TEMPORARY_ID } from '../../../core/conversation';
import { mark } from '../../../core/phrase';
import { t } from '../../i18n';
import { startTemporaryChat } from '../../use-cases/temporary-chat';
import { VIEWS } from '../../shell/views';
import { exportChat } from '../../widgets/export-chat';

export interface PaletteCommand {
  readonly id: string;
  readonly label: string;
  /** At the right: the state, or what it belongs to. */
  readonly note?: string;
  readonly run: () => unknown;
}

export interface PaletteGroup {
  readonly heading: string;
  readonly commands: readonly PaletteCommand[];
}

const THEMES: readonly (readonly [SettingValue<'theme'>, string])[] = [
  ['system', mark('Theme: as the system')],
  ['light', mark('Theme: light')],
  ['dark', mark('Theme: dark')],
];

const RECENT = 5;

/** What can be done from anywhere, as the app is now. */
export function paletteGroups(app: App, openShortcuts: () => void): readonly PaletteGroup[] {
  const { theme, comparison } = app.settings.store.getState();
  const chosen = app.composer.store.getState().chosenModelId;
  const groups: PaletteGroup[] = [
    {
      heading: t('Go to'),
      commands: [
        { id: 'new-chat', label: t('New chat'), run: () => app.route.go('chat') },
        ...(app.chat.isTemporary() ? [] : [{ id: 'temporary-chat', label: t('Temporary chat'), note: t('leaves no trace'), run: () => startTemporaryChat(app) }]),
        ...VIEWS.filter(({ id }) => id !== 'chat').map(({ id, label }) => ({ id: `view-${id}`, label: t(label), run: () => app.route.go(id) })),
      ],
    },
    { heading: t('This chat'), commands: chatCommands(app) },
    {
      heading: t('Who answers the next prompt'),
      commands: [null, ...app.pool.available().map(({ id }) => id)].map((modelId) => ({
        id: `model-${modelId ?? 'auto'}`,
        label: modelId === null ? t('Auto: the best for each prompt') : app.pool.nameOf(modelId),
        ...(modelId === chosen ? { note: t('now') } : {}),
        run: () => chooseModel(app, modelId),
      })),
    },
    {
      heading: t('Settings'),
      commands: [
        ...THEMES.map(([value, label]) => ({ id: `theme-${value}`, label: t(label), ...(value === theme ? { note: t('now') } : {}), run: () => app.settings.set('theme', value) })),
        {
          id: 'comparisons',
          label: comparison.enabled ? t('Stop asking me to compare') : t('Ask me to compare when unsure'),
          run: () => app.settings.change('comparison', (now) => ({ ...now, enabled: !comparison.enabled })),
        },
        { id: 'shortcuts', label: t('Keyboard shortcuts'), run: openShortcuts },
      ],
    },
    {
      heading: t('Recent chats'),
      commands: app.conversations.store.getState().list.slice(0, RECENT).map(({ id, title }) => ({ id: `chat-${id}`, label: title, run: () => app.route.go('chat', id) })),
    },
  ];
  return groups.filter(({ commands }) => commands.length > 0);
}

function chatCommands(app: App): readonly PaletteCommand[] {
  const conversation = app.conversations.find(app.chat.store.getState().conversationId ?? '');
  if (conversation === null || conversation.id === TEMPORARY_ID || app.route.store.getState().view !== 'chat') return [];
  const isPinned = conversation.pinnedAt !== null;
  return [
    { id: 'export-markdown', label: t('Export as Markdown'), run: () => exportChat(app, conversation.id, 'markdown') },
    { id: 'export-json', label: t('Export as JSON'), run: () => exportChat(app, conversation.id, 'json') },
    { id: 'pin', label: isPinned ? t('Unpin') : t('Pin to the top'), run: () => app.conversations.pin(conversation.id, !isPinned) },
  ];
}

function chooseModel(app: App, modelId: string | null): void {
  if (app.route.store.getState().view !== 'chat') app.route.go('chat', app.chat.store.getState().conversationId);
  app.composer.choose(modelId);
}
