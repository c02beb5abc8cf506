import { useTranslation } from 'react-i18next';
import type { ModelResponse } from '../../core/conversation';
import { costText, durationText } from '../words/amounts';
import { responseFigures } from '../words/response-facts';
import { FiguresPopover } from './FiguresPopover';

/** What an answer took, in one quiet line; the rest on demand. */
export function ResponseFacts({ response }: { readonly response: ModelResponse }) {
  const { t } = useTranslation();
  const figures = responseFigures(response);
  const { outputTokens, estimated, costUsd, firstTokenMs, totalMs, tokensPerSecond } = figures;
  const sign = estimated ? '≈' : '';
  const parts = [
    outputTokens === null ? null : t('{{tokens}} tokens', { tokens: `${sign}${outputTokens}` }),
    costUsd === null ? null : `${costUsd > 0 ? sign : ''}${costText(costUsd)}`,
    totalMs === null ? null : durationText(totalMs),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return (
    <FiguresPopover
      summary={parts.join(' · ')}
      label={t('What this answer took')}
      title={response.modelName}
      rows={[
        [t('Tokens read'), figures.inputTokens],
        [t('Tokens written'), outputTokens],
        [t('Cost'), costText(costUsd)],
        [t('Time to the first word'), firstTokenMs === null ? null : durationText(firstTokenMs)],
        [t('Time in all'), totalMs === null ? null : durationText(totalMs)],
        [t('Speed'), tokensPerSecond === null ? null : t('{{rate}} tokens a second', { rate: tokensPerSecond < 10 ? tokensPerSecond.toFixed(1) : Math.round(tokensPerSecond) })],
      ]}
      note={estimated ? t('The provider gave no counts; tokens and cost are estimated from the text.') : null}
    />
  );
}
