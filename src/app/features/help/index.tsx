import { SHORTCUTS } from '../../keys';
import { Trans, useTranslation } from '../../i18n';
import { routeHref } from '../../store/route';
import { Page, Section, TextLink } from '../../ui';
import { ShortcutList } from '../../widgets/ShortcutList';

export default function HelpView() {
  const { t } = useTranslation();
  return (
    <Page title={t('Help')} lead={t('Tacit sends each prompt to the model, among those you have connected, whose answer you will like best. It learns that from your picks, on this device.')}>
      <Section title={t('How it chooses')}>
        <p>
          <Trans
            i18nKey="Every prompt is read by a small language encoder that runs in this browser. A second small network compares what you asked, what each model is like, and every pick you have made. The answer says which model ran; <0>Why?</0> beside its name shows the exact reasons."
            components={[<em key="why" />]}
          />
        </p>
      </Section>
      <Section title={t('How it learns')}>
        <p>
          <Trans
            i18nKey="A pick between two answers counts most. A thumb, a regeneration or choosing another model yourself counts less. You can read, undo and export everything it has learned in <0>Memory</0>, and teach it without any model connected in <1>Taste</1>."
            components={[<TextLink key="memory" href={routeHref('memory')} />, <TextLink key="taste" href={routeHref('taste')} />]}
          />
        </p>
      </Section>
      <Section title={t('In a chat')}>
        <p>
          {t(
            'Edit a prompt and it is sent as a new version; the old one stays, with all that followed, and the arrows above an answer step through the versions. An answer that was stopped or cut off can be continued. Images and text files come along by button, paste or drop; with an image, Auto asks only models that take images.',
          )}
        </p>
        <p>
          {t(
            'The line at the top of a chat holds its own instructions and, if you want one, the model it is pinned to; presets keep both under a name. The figures below an answer open to tokens, cost and speed.',
          )}
        </p>
        <p>
          {t(
            'A temporary chat (the switch at the top of a new one) is kept in memory only and leaves no trace: no history, no search, no sync, nothing learned. Auto still chooses by your taste. Leaving it or reloading discards it; only what it costs is counted.',
          )}
        </p>
      </Section>
      <Section title={t('What leaves this device')}>
        <p>
          {t(
            'Only the conversation you send, and only to the provider that answers it, under your own key. There is no Tacit server: no account, no telemetry. Images in answers are not loaded, because loading one would tell its server that you read it. A model in the browser sends nothing at all; only its download, when you ask for it, comes from the Hugging Face hub.',
          )}
        </p>
      </Section>
      <Section title={t('Keyboard')}>
        <ShortcutList shortcuts={SHORTCUTS} />
      </Section>
    </Page>
  );
}
