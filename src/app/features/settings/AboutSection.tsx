import { useMemo } from 'react';
import { Trans, useTranslation } from '../../i18n';
import { useApp } from '../../store/context';
import { Section, TextLink } from '../../ui';
import { about } from './about';
import styles from './settings.module.css';

/** Version, licence, and what others gave. */
export function AboutSection() {
  const { t } = useTranslation();
  const { version, licence, libraries } = useMemo(about, []);
  const { modelsUrl } = useApp().platform.loadPlan;
  const encoderFile = (name: string) => new URL(`encoder/${name}`, modelsUrl).href;
  return (
    <Section title={t('About')}>
      <p>{t('Tacit {{version}}, {{licence}} licence.', { version, licence })}</p>
      <p className={styles.faint}>
        <Trans
          i18nKey="The sentence encoder is all-MiniLM-L6-v2 under the Apache licence 2.0 (<0>licence</0>, <1>notice</1>), exported for the browser. The router was trained for this project."
          components={[<TextLink key="licence" href={encoderFile('LICENSE')} />, <TextLink key="notice" href={encoderFile('NOTICE')} />]}
        />
      </p>
      <details className={styles.libraries}>
        <summary>{t('Built with {{count}} libraries', { count: libraries.length })}</summary>
        <ul className={styles.libraryList}>
          {libraries.map(({ name, version: number }) => (
            <li key={name}>
              {name} <span className={styles.faint}>{number}</span>
            </li>
          ))}
        </ul>
      </details>
    </Section>
  );
}
