// Photos in the browser's own database, which outlives the page: an entry holds the mark, the name, the time and the bytes: the PNG
// of a photo, the .npy of numbers.

const PHOTOS = "photos";

function opened() {
  const asked = indexedDB.open("convviz", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(PHOTOS, { keyPath: "digest" });
  return answer(asked);
}

/** What a request of the database answers. */
function answer(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("another tab uses an older version of the database"));
  });
}

/** Do something with the photos, and wait until it is on the disk. */
async function inStore(mode, work) {
  const database = await opened();
  try {
    const change = database.transaction(PHOTOS, mode);
    const done = new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onerror = change.onabort = () => reject(change.error);
    });
    const result = work(change.objectStore(PHOTOS));
    await done;
    return result.result;
  } finally {
    database.close();
  }
}

/** Every photo, the one kept first in front. */
export async function keptPhotos() {
  const photos = await inStore("readonly", (store) => store.getAll());
  return photos.sort((one, other) => one.time - other.time);
}

export function keepPhoto(photo) {
  return inStore("readwrite", (store) => store.put(photo));
}

export function forgetPhoto(digest) {
  return inStore("readwrite", (store) => store.delete(digest));
}

export function forgetPhotos() {
  return inStore("readwrite", (store) => store.clear());
}
