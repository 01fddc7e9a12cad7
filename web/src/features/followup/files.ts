import type { FileStore } from '@/ui';

/** Where photos and drawn signatures go. */
export const fileStore: FileStore | undefined = undefined;
