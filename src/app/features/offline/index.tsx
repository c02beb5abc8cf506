import { useApp, useSlice } from '../../store/context';
import { Notice } from '../../ui';

/** Says that there is no network; the rest of the app works on. */
export default function OfflineBar() {
  const online = useSlice(useApp().offline, (state) => state.online);
  return online ? null : <Notice title="You are offline. Routing, memory and models on this machine still work." />;
}
