import { isRemote } from '../../../core/connection';
import { joinedText, Trans, useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { routeHref } from '../../store/route';
import { Section, TextLink } from '../../ui';
import styles from './settings.module.css';

/** The privacy promise as it holds for this browser, with what is really stored in it. */
export function PrivacySection() {
  const { t } = useTranslation();
  const app = useApp();
  const connections = useSlice(app.pool, (state) => state.connections);
  const chats = useSlice(app.conversations, (state) => state.list.length);
  const picks = useSlice(app.memory, (state) => state.log.length);
  const withKey = connections.filter((connection) => connection.apiKey !== '');
  const ends = withKey.map(({ name, apiKey }) => `${name} …${apiKey.slice(-4)}`);
  const keys = withKey.length > 0 ? ` (${t('{{count}} keys', { count: withKey.length })}: ${joinedText(ends, 'unit')})` : '';
  const hosts = [...new Set(connections.filter(isRemote).map((connection) => new URL(connection.baseUrl).host))];
  return (
    <Section title={t('Keys and privacy')}>
      <dl className={styles.promise}>
        <div>
          <dt>{t('Stored in this browser')}</dt>
          <dd>
            {t('Here are {{chats}}, {{picks}} with the profile learned from them, {{connections}}, and your settings.', {
              chats: t('{{count}} chats', { count: chats }),
              picks: t('{{count}} picks', { count: picks }),
              connections: t('{{count}} connections', { count: connections.length }) + keys,
            })}{t(' ')}
            <Trans
              i18nKey="Take them with you or erase them in <0>Memory</0>; change keys in <1>Models</1>."
              components={[<TextLink key="memory" href={routeHref('memory')} />, <TextLink key="models" href={routeHref('models')} />]}
            />
          </dd>
        </div>
        <div>
          <dt>{t('Leaves it')}</dt>
          <dd>
            {hosts.length === 0
              ? t('Nothing: no provider is connected.')
              : t('The conversation you send, and only to the provider that answers it: {{hosts}}. Your key goes along to prove that it is you.', { hosts: joinedText(hosts, 'unit') })}
          </dd>
        </div>
        <div>
          <dt>{t('Never leaves it')}</dt>
          <dd>{t('Your taste, your picks, and which model was chosen over which. There is no Tacit server, no account and no telemetry.')}</dd>
        </div>
        <div>
          <dt>{t('How safe keys are')}</dt>
          <dd>
            {t(
              'They lie unencrypted in this browser’s storage, as anyone with your unlocked device could use the page anyway. No script from elsewhere can run here, and images in answers are not loaded. Use keys with a spending limit.',
            )}
          </dd>
        </div>
      </dl>
    </Section>
  );
}
