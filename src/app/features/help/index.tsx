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
        <p>{t('It begins with what people who voted between answers have in common. Your picks tell it how much you are like them.')}</p>
        <p>
          {t(
            'It learns what you like in an answer rather than which model you like. Only for models whose quality nobody has measured does it also remember how their answers have fared with you, whatever they read like.',
          )}
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
      <Section title={t('What you tell Auto')}>
        <p>
          {t(
            'The sliders beside the model’s name add your wishes for cost, speed, length and quality to what was learned, and show what they change for the prompt in the box. Below them are limits on the models Auto may use, for every chat or for this one; those in force stand under the box, each lifted by one press. If they leave no model, nothing is sent, and Auto says which one to lift.',
          )}
        </p>
        <p>
          <Trans
            i18nKey="You can always choose the model yourself, in the menu or by pressing Alt+Enter for the runner-up. Otherwise another model than Auto’s choice answers only as you have set in <0>Settings</0> or say when asked, and the answer says so. In <1>Spending</1> every provider can have a monthly limit: at 80 % you are warned, at 100 % Auto leaves it out, and asking it yourself needs a yes each time."
            components={[<TextLink key="settings" href={routeHref('settings', 'router')} />, <TextLink key="spending" href={routeHref('spending')} />]}
          />
        </p>
      </Section>
      <Section title={t('Your chats')}>
        <p>
          {t(
            'The box above the list searches every word of every chat and leads to the place. A chat’s menu renames it, pins it to the top, moves it into a folder (so does dragging), exports or deletes it; a deletion can be undone for a moment, and a deleted folder leaves its chats.',
          )}
        </p>
        <p>
          <Trans
            i18nKey="In <0>Memory</0> chats come in from the exports of ChatGPT, Claude, Open WebUI, LibreChat and LMArena, after a look at what is in them; thumbs and votes in them are learned only if you ask, and can be taken back together. Backup is there as well, and sync: your devices follow each other through a WebDAV server or a folder of yours, where everything is encrypted with your passphrase."
            components={[<TextLink key="memory" href={routeHref('memory')} />]}
          />
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
