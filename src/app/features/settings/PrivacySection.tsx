import { isRemote } from '../../../core/connection';
import { useApp, useSlice } from '../../store/context';
import { routeHref } from '../../store/route';
import { Section } from '../../ui';
import styles from './settings.module.css';

/** The privacy promise as it holds for this browser, with what is really stored in it. */
export function PrivacySection() {
  const app = useApp();
  const connections = useSlice(app.pool, (state) => state.connections);
  const chats = useSlice(app.conversations, (state) => state.list.length);
  const picks = useSlice(app.memory, (state) => state.log.length);
  const withKey = connections.filter((connection) => connection.apiKey !== '');
  const hosts = [...new Set(connections.filter(isRemote).map((connection) => new URL(connection.baseUrl).host))];
  return (
    <Section title="Keys and privacy">
      <dl className={styles.promise}>
        <div>
          <dt>Stored in this browser</dt>
          <dd>
            Here are {counted(chats, 'chat')}, {counted(picks, 'pick')} with the profile learned from them, {counted(connections.length, 'connection')}
            {withKey.length > 0 && ` (${counted(withKey.length, 'key')}: ${withKey.map(({ name, apiKey }) => `${name} …${apiKey.slice(-4)}`).join(', ')})`}, and your settings. Take them
            with you or erase them in <a href={routeHref('memory')}>Memory</a>; change keys in <a href={routeHref('models')}>Models</a>.
          </dd>
        </div>
        <div>
          <dt>Leaves it</dt>
          <dd>
            {hosts.length === 0
              ? 'Nothing: no provider is connected.'
              : `The conversation you send, and only to the provider that answers it: ${hosts.join(', ')}. Your key goes along to prove that it is you.`}
          </dd>
        </div>
        <div>
          <dt>Never leaves it</dt>
          <dd>Your taste, your picks, and which model was chosen over which. There is no Tacit server, no account and no telemetry.</dd>
        </div>
        <div>
          <dt>How safe keys are</dt>
          <dd>
            They lie unencrypted in this browser’s storage, as anyone with your unlocked device could use the page anyway. No script from elsewhere can run here, and images in answers are not
            loaded. Use keys with a spending limit.
          </dd>
        </div>
      </dl>
    </Section>
  );
}

function counted(count: number, word: string): string {
  return `${count === 0 ? 'no' : count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}
