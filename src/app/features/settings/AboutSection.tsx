import { useMemo } from 'react';
import { useApp } from '../../store/context';
import { Section } from '../../ui';
import { about } from './about';
import styles from './settings.module.css';

/** Version, licence, and what others gave. */
export function AboutSection() {
  const { version, licence, libraries } = useMemo(about, []);
  const { modelsUrl } = useApp().platform.loadPlan;
  const encoderFile = (name: string) => new URL(`encoder/${name}`, modelsUrl).href;
  return (
    <Section title="About">
      <p>
        Tacit {version}, {licence} licence.
      </p>
      <p className={styles.faint}>
        The sentence encoder is all-MiniLM-L6-v2 under the Apache licence 2.0 (<a href={encoderFile('LICENSE')}>licence</a>, <a href={encoderFile('NOTICE')}>notice</a>), exported for the browser.
        The router was trained for this project.
      </p>
      <details className={styles.libraries}>
        <summary>Built with {libraries.length} libraries</summary>
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
