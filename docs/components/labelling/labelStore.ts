import type {AuditLabel} from "../../lib/schema/audit.js";

/** What a person has said of a file of tasks, and notes on samples that have no label yet. */
export interface Said {
  /** by sample, in the order in which they were said */
  labels: Record<string, AuditLabel>;
  notes: Record<string, string>;
}

/** Where one person's words on one plan are kept: in this browser, until they are cleared there. */
export interface LabelStore {
  read(): Said;
  /** Keeps them before it returns. @returns why not, or null */
  write(said: Said): string | null;
}

/** The store of a plan and a labeller. What is in it that nobody of ours has written is taken for nothing. */
export function labelStore(plan: string, labeller: string): LabelStore {
  const key = `ballast-audit/${plan}/${labeller}`;
  return {
    read() {
      try {
        const found = JSON.parse(localStorage.getItem(key) ?? "null") as Partial<Said> | null;
        return {labels: {...found?.labels}, notes: {...found?.notes}};
      } catch {
        return {labels: {}, notes: {}};
      }
    },
    write(said) {
      try {
        localStorage.setItem(key, JSON.stringify(said));
        return null;
      } catch (error) {
        return (error as Error).message;
      }
    }
  };
}

const database = "ballast-audit";

/** Keeps the file of tasks that was opened last in this browser, so that the next visit goes on with it. */
export async function keepTasks(text: string): Promise<void> {
  await inStore("readwrite", (store) => store.put(text, "last"));
}

/** The file of tasks that was opened last in this browser; null where there is none, or the browser keeps nothing. */
export async function keptTasks(): Promise<string | null> {
  const found = await inStore("readonly", (store) => store.get("last")).catch(() => null);
  return typeof found === "string" ? found : null;
}

/** Takes it out of this browser again. */
export async function forgetTasks(): Promise<void> {
  await inStore("readwrite", (store) => store.delete("last"));
}

function inStore(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(database, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("tasks");
    opening.onerror = () => reject(opening.error ?? new Error("expected a database, got none"));
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("tasks", mode);
      const request = use(transaction.objectStore("tasks"));
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(request.result);
      };
      transaction.onabort = () => reject(transaction.error ?? new Error("expected a stored value, got none"));
    };
  });
}
