import type { ExclusionReason, PoolRules } from '../../core/routing';
import { joinedText, t } from '../i18n';
import { costText } from './amounts';

/** One rule that is in force, with the change that lifts it. */
export interface ActiveRule {
  readonly id: keyof PoolRules;
  readonly text: string;
  readonly lift: Partial<PoolRules>;
}

/** The rules that limit Auto now, in a few words each. `nameOf` names a connection. */
export function activeRules(rules: PoolRules, nameOf: (connectionId: string) => string): readonly ActiveRule[] {
  return [
    ...(rules.localOnly ? [{ id: 'localOnly', text: t('Only local models'), lift: { localOnly: false } } as const] : []),
    ...(rules.connectionIds ? [{ id: 'connectionIds', text: onlyText(rules.connectionIds.map(nameOf)), lift: { connectionIds: null } } as const] : []),
    ...(rules.maxCostUsd === null ? [] : [{ id: 'maxCostUsd', text: t('At most {{price}} a message', { price: costText(rules.maxCostUsd) }), lift: { maxCostUsd: null } } as const]),
    ...(rules.vision ? [{ id: 'vision', text: t('Must take images'), lift: { vision: false } } as const] : []),
    ...(rules.longContext ? [{ id: 'longContext', text: t('Must have a long context'), lift: { longContext: false } } as const] : []),
    ...(rules.tools ? [{ id: 'tools', text: t('Must call tools'), lift: { tools: false } } as const] : []),
  ];
}

function onlyText(names: readonly string[]): string {
  return names.length === 0 ? t('No provider') : t('Only {{providers}}', { providers: joinedText(names) });
}

/** What keeps every model out, as part of a sentence: "… only local models are allowed". */
export function reasonText(reason: ExclusionReason): string {
  switch (reason) {
    case 'switched_off':
      return t('models are switched off for this chat');
    case 'not_local':
      return t('only local models are allowed');
    case 'other_provider':
      return t('only some providers are allowed');
    case 'budget_spent':
      return t('a provider’s limit for this month is used up');
    case 'too_expensive':
      return t('answers would cost more than you allow');
    case 'context_too_small':
      return t('the conversation is longer than a model can read');
    case 'missing_modality':
      return t('an attachment is of a kind that a model does not take');
    case 'no_vision':
      return t('models must take images');
    case 'short_context':
      return t('models must have a long context');
    case 'no_tools':
      return t('models must call tools');
  }
}

/** The press that lifts one limit. `spent` names the providers whose budget is used up. */
export function relaxText(reason: ExclusionReason, spent: readonly string[]): string {
  switch (reason) {
    case 'switched_off':
      return t('Switch this chat’s models on again');
    case 'not_local':
      return t('Allow models that do not run here');
    case 'other_provider':
      return t('Allow every provider');
    case 'budget_spent':
      return t('Lift this month’s limit of {{providers}}', { providers: joinedText(spent) });
    case 'too_expensive':
      return t('Lift the price limit');
    case 'context_too_small':
      return t('Start a new chat');
    case 'missing_modality':
      return t('Connect another model');
    case 'no_vision':
      return t('Allow models without images');
    case 'short_context':
      return t('Allow a shorter context');
    case 'no_tools':
      return t('Allow models without tools');
  }
}
