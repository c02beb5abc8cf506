import { Page } from '../../ui';

export default function TasteView() {
  return <Page title="Taste">{null}</Page>;
}
