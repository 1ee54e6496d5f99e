package dev.kvs.platform;

class SimDiskContractTest extends DiskContract {
    private final SimDisk disk = new SimDisk(1);

    @Override
    Disk disk() {
        return disk;
    }
}
