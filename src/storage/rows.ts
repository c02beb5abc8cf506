import type { AdaptationState } from '../core/adaptation-state';
import type { Connection } from '../core/connection';
import { NO_SETUP, type Attachment, type ChatSetup, type Conversation, type Folder, type Preset, type Turn } from '../core/conversation';
import type { Expense } from '../core/expense';
import type { PreferencePair } from '../core/preference';
import type { Fingerprint, ModelCard, RoutingDecision } from '../core/routing';

/** What lies on disk, one interface per table; most are the domain's own types. */

/** A turn without its decision, which is large and rarely read. */
export interface StoredTurn extends Omit<Turn, 'decision'> {
  /** Ids of the responses still streaming; indexed, so that an interrupted one is found without reading every turn. */
  readonly openResponseIds: readonly string[];
}

export interface StoredDecision {
  readonly turnId: string;
  readonly decision: RoutingDecision;
}

/** The LLM node's text feature, with what it was made from: an edited description or another encoder makes it stale. */
export interface DescriptionEmbedding {
  readonly text: string;
  readonly encoderId: string;
  /** `[384]`, L2-normalised. */
  readonly vector: Float32Array;
}

/** A model of the user's pool. */
export interface StoredModel {
  /** Equals `card.id`. */
  readonly id: string;
  readonly card: ModelCard;
  /** Null for a catalogue model that nothing serves yet. */
  readonly connectionId: string | null;
  /** The provider's own model id. */
  readonly remoteId: string;
  /** In Auto's pool. */
  readonly enabled: boolean;
  readonly fingerprint: Fingerprint | null;
  readonly descriptionEmbedding: DescriptionEmbedding | null;
  readonly addedAt: number;
}

export interface StoredSetting {
  readonly key: string;
  readonly value: unknown;
}

/** The bytes of an attachment. */
export interface StoredAttachment {
  readonly id: string;
  /** The conversation it belongs to, or the draft of the next new one. */
  readonly ownerId: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What waits unsent in one composer. */
export interface Draft {
  /** A conversation's id, or `NEW_CONVERSATION_DRAFT`. */
  readonly id: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** How the next new chat is to be set up; a chat that exists has its own. */
  readonly setup: ChatSetup;
  readonly updatedAt: number;
}

export const NEW_CONVERSATION_DRAFT = 'new';

/** Nothing that would be missed. */
export function isEmptyDraft({ text, attachments, setup }: Draft): boolean {
  return text === '' && attachments.length === 0 && setup.systemPrompt === NO_SETUP.systemPrompt && setup.presetId === null && setup.pinnedModelId === null;
}

/** Every table with its row type; repositories, backup and migrations derive from it. */
export interface Tables {
  readonly conversations: Conversation;
  readonly folders: Folder;
  readonly turns: StoredTurn;
  readonly decisions: StoredDecision;
  readonly preferences: PreferencePair;
  readonly adaptation: AdaptationState;
  readonly models: StoredModel;
  readonly connections: Connection;
  readonly settings: StoredSetting;
  readonly drafts: Draft;
  readonly expenses: Expense;
  readonly attachments: StoredAttachment;
  readonly presets: Preset;
}

export type TableName = keyof Tables;

export const TABLE_NAMES = [
  'conversations',
  'folders',
  'turns',
  'decisions',
  'preferences',
  'adaptation',
  'models',
  'connections',
  'settings',
  'drafts',
  'expenses',
  'attachments',
  'presets',
] as const satisfies readonly TableName[];

/** Primary key of each table. */
export const PRIMARY_KEY: Readonly<Record<TableName, string>> = {
  conversations: 'id',
  folders: 'id',
  turns: 'id',
  decisions: 'turnId',
  preferences: 'id',
  adaptation: 'artifactVersion',
  models: 'id',
  connections: 'id',
  settings: 'key',
  drafts: 'id',
  expenses: 'id',
  attachments: 'id',
  presets: 'id',
};

export function toStoredTurn(turn: Turn): StoredTurn {
  const { decision: _decision, ...rest } = turn;
  return { ...rest, openResponseIds: openResponseIds(turn.responses) };
}

export function toTurn(stored: StoredTurn, decision: RoutingDecision | null): Turn {
  const { openResponseIds: _openResponseIds, ...rest } = stored;
  return { ...rest, decision };
}

export function openResponseIds(responses: Turn['responses']): readonly string[] {
  return responses.filter((response) => response.status === 'streaming').map((response) => response.id);
}

/** One value for every table. */
export function perTable<Value>(make: (name: TableName) => Value): Readonly<Record<TableName, Value>> {
  return {
    conversations: make('conversations'),
    folders: make('folders'),
    turns: make('turns'),
    decisions: make('decisions'),
    preferences: make('preferences'),
    adaptation: make('adaptation'),
    models: make('models'),
    connections: make('connections'),
    settings: make('settings'),
    drafts: make('drafts'),
    expenses: make('expenses'),
    attachments: make('attachments'),
    presets: make('presets'),
  };
}
