import { Page } from '../../ui';

export default function SettingsView() {
  return <Page title="Settings">{null}</Page>;
}
