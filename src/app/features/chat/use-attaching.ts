import { useState, type ClipboardEvent, type DragEvent } from 'react';
import type { App } from '../../store/app';
import { attachFiles, type AttachProblem } from '../../use-cases/attach-files';

/** Files by button, paste and drop. */
export function useAttaching(app: App) {
  const [problems, setProblems] = useState<readonly AttachProblem[]>([]);
  const [isOver, setOver] = useState(false);
  const attach = async (files: Iterable<File>) => {
    const list = [...files];
    if (list.length > 0) setProblems(await attachFiles(app, list));
  };
  return {
    problems,
    isOver,
    attach,
    dismiss: () => setProblems([]),
    /** Text is pasted as text, also where it comes with a picture of itself. */
    onPaste: (event: ClipboardEvent) => {
      const files = [...event.clipboardData.files];
      if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
      event.preventDefault();
      void attach(files);
    },
    drop: {
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(false);
        void attach(event.dataTransfer.files);
      },
    },
  };
}
