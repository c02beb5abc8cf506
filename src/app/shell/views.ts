import { Brain, CircleHelp, Cpu, MessageSquareText, Settings2, SlidersHorizontal, type LucideIcon } from 'lucide-react';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { ViewId } from '../store/route';

export interface View {
  readonly id: ViewId;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Each feature's `index.tsx` exports its view as default. */
  readonly component: LazyExoticComponent<ComponentType>;
}

/** Every view of the app, in the order of the sidebar. */
export const VIEWS: readonly View[] = [
  { id: 'chat', label: 'Chat', icon: MessageSquareText, component: lazy(() => import('./ChatPage')) },
  { id: 'taste', label: 'Taste', icon: SlidersHorizontal, component: lazy(() => import('../features/quiz')) },
  { id: 'memory', label: 'Memory', icon: Brain, component: lazy(() => import('../features/memory')) },
  { id: 'models', label: 'Models', icon: Cpu, component: lazy(() => import('../features/models')) },
  { id: 'settings', label: 'Settings', icon: Settings2, component: lazy(() => import('../features/settings')) },
  { id: 'help', label: 'Help', icon: CircleHelp, component: lazy(() => import('../features/help')) },
];
