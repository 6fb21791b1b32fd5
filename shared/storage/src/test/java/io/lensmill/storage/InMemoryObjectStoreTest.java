package io.lensmill.storage;

class InMemoryObjectStoreTest extends ObjectStoreContract {

    @Override
    protected ObjectStore emptyStore() {
        return new InMemoryObjectStore();
    }
}
