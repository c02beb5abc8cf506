import { lazy } from 'react';
import ChatView from '../features/chat';

/** Comes with the first comparison, inside the thread's own fallback. */
const Comparison = lazy(() => import('../features/compare').then((module) => ({ default: module.Comparison })));

/** The chat, with what shows two answers side by side: features do not import one another. */
export default function ChatPage() {
  return <ChatView comparison={Comparison} />;
}
