import { useTranslation } from 'react-i18next';
import type { ModelResponse } from '../../core/conversation';
import { Popover } from '../ui';
import { costText, durationText } from '../words/amounts';
import { responseFigures, type ResponseFigures } from '../words/response-facts';
import styles from './facts.module.css';

/** What an answer took, in one quiet line; the rest on demand. */
export function ResponseFacts({ response }: { readonly response: ModelResponse }) {
  const { t } = useTranslation();
  const figures = responseFigures(response);
  const { outputTokens, estimated, costUsd, totalMs } = figures;
  const sign = estimated ? '≈' : '';
  const parts = [
    outputTokens === null ? null : t('{{tokens}} tokens', { tokens: `${sign}${outputTokens}` }),
    costUsd === null ? null : `${costUsd > 0 ? sign : ''}${costText(costUsd)}`,
    totalMs === null ? null : durationText(totalMs),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return (
    <Popover
      label={t('What this answer took')}
      align="end"
      trigger={
        <button type="button" className={styles.trigger}>
          {parts.join(' · ')}
        </button>
      }
    >
      <Figures figures={figures} modelName={response.modelName} />
    </Popover>
  );
}

function Figures({ figures, modelName }: { readonly figures: ResponseFigures; readonly modelName: string }) {
  const { t } = useTranslation();
  const { inputTokens, outputTokens, costUsd, firstTokenMs, totalMs, tokensPerSecond, estimated } = figures;
  const rows: readonly (readonly [string, string | null])[] = [
    [t('Tokens read'), inputTokens === null ? null : String(inputTokens)],
    [t('Tokens written'), outputTokens === null ? null : String(outputTokens)],
    [t('Cost'), costText(costUsd)],
    [t('Time to the first word'), firstTokenMs === null ? null : durationText(firstTokenMs)],
    [t('Time in all'), totalMs === null ? null : durationText(totalMs)],
    [t('Speed'), tokensPerSecond === null ? null : t('{{rate}} tokens a second', { rate: tokensPerSecond < 10 ? tokensPerSecond.toFixed(1) : Math.round(tokensPerSecond) })],
  ];
  return (
    <div className={styles.panel}>
      <h3 className={styles.title}>{modelName}</h3>
      <dl className={styles.figures}>
        {rows.map(([label, value]) =>
          value === null ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {estimated && <p className={styles.note}>{t('The provider gave no counts; tokens and cost are estimated from the text.')}</p>}
    </div>
  );
}
