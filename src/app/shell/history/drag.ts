import { useState, type DragEvent } from 'react';

const TYPE = 'application/x-tacit-chat';

/** Lets a chat's row be dragged, as nothing but itself: not as the link it holds. */
export function startDrag(event: DragEvent<HTMLElement>, conversationId: string): void {
  event.dataTransfer.clearData();
  event.dataTransfer.setData(TYPE, conversationId);
  event.dataTransfer.effectAllowed = 'move';
}

export interface Dropping {
  /** Folder under the pointer while a chat is dragged. */
  readonly over: string | null;
  readonly handlers: {
    readonly onDragOver: (event: DragEvent<HTMLElement>) => void;
    readonly onDragLeave: (event: DragEvent<HTMLElement>) => void;
    readonly onDrop: (event: DragEvent<HTMLElement>) => void;
  };
}

/** Takes chats that are dropped on anything with `data-drop`: a folder's id, or '' for no folder. */
export function useDropping(onMove: (conversationId: string, folderId: string | null) => void): Dropping {
  const [over, setOver] = useState<string | null>(null);
  return {
    over,
    handlers: {
      onDragOver: (event) => {
        if (!event.dataTransfer.types.includes(TYPE)) return;
        event.preventDefault();
        setOver(dropTarget(event) || null);
      },
      onDragLeave: (event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(null);
      },
      onDrop: (event) => {
        const conversationId = event.dataTransfer.getData(TYPE);
        setOver(null);
        if (conversationId === '') return;
        event.preventDefault();
        onMove(conversationId, dropTarget(event) || null);
      },
    },
  };
}

function dropTarget(event: DragEvent<HTMLElement>): string {
  const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-drop]') : null;
  return element?.dataset['drop'] ?? '';
}
