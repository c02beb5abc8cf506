import { Trans, useTranslation } from 'react-i18next';
import { listText, tasteSummary, type TasteAxis } from '../words/taste-profile';
import styles from './taste-bars.module.css';

/** The profile in sentences, surest first. */
export function TasteWords({ axes }: { readonly axes: readonly TasteAxis[] }) {
  const { t } = useTranslation();
  const { clear, leaning, unknown } = tasteSummary(axes);
  if (clear.length === 0 && leaning.length === 0) {
    return <p className={styles.sentence}>{t('Nothing is certain yet. A few more picks will show which way you lean.')}</p>;
  }
  return (
    <div className={styles.words}>
      {clear.length > 0 && (
        <p className={styles.sentence}>
          <Trans i18nKey="You like <0>{{wishes}}</0>." values={{ wishes: listText(clear) }} components={[<strong key="wishes" />]} />
        </p>
      )}
      {leaning.length > 0 && <p className={clear.length > 0 ? styles.aside : styles.sentence}>{t('You seem to lean towards {{wishes}}.', { wishes: listText(leaning) })}</p>}
      {unknown.length > 0 && <p className={styles.aside}>{t('Still open: {{traits}}.', { traits: listText(unknown).toLowerCase() })}</p>}
    </div>
  );
}
