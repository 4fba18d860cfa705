using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Stats;

/// <summary>What is read of processes, networks and disks below /proc and /sys.</summary>
public sealed class HostFilesTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Processes_OfAContainer_HoldFilesAndSockets()
    {
        Write("12/limits", "Limit                     Soft Limit           Hard Limit           Units     \nMax processes             100                  100                  processes \nMax open files            1024                 524288               files     \n");
        Link("12/fd/0", "/dev/null");
        Link("12/fd/3", "socket:[4711]");
        Link("34/fd/0", "/dev/null");
        Assert.Equal(new ProcessUsage(3, 3, 1, 1024), ProcessUsage.Of([12, 34, 56], _root.Path));
        Assert.Equal(new ProcessUsage(0, 0, 0, null), ProcessUsage.Of([], _root.Path));
    }

    [Theory]
    [InlineData(32768, 192731, 32768)]
    [InlineData(4194304, 61234, 61234)]
    public void Processes_OfTheMachine_HaveTheLowerOfItsLimits(long ids, long threads, long most)
    {
        Write("sys/kernel/pid_max", $"{ids}\n");
        Write("sys/kernel/threads-max", $"{threads}\n");
        Write("loadavg", "0.15 0.20 0.18 2/345 6789\n");
        Assert.Equal((most, 345), HostUsage.Processes(_root.Path));
    }

    [Fact]
    public void OpenFiles_WithoutALimit_AreMinusOne()
    {
        Write("12/limits", "Max open files            unlimited            unlimited            files     \n");
        Assert.Equal(-1, ProcessUsage.Of([12], _root.Path).MaxOpenFiles);
    }

    [Fact]
    public void Network_OfAProcess_HasPacketsAndNoLoopback()
    {
        Write("dev", """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo:     100       1    0    0    0     0          0         0      100       1    0    0    0     0       0          0
              eth0:    2000      20    1    2    0     0          0         0     3000      30    3    4    0     0       0          0

            """);
        Assert.Equal([new NetworkInterfaceUsage("eth0", 2000, 1, 3000, 3) { Packets = new(20, 2, 30, 4) }], NetworkInterfaceUsage.Read(_root["dev"]));
        Assert.Empty(NetworkInterfaceUsage.Read(_root["none"]));
    }

    [Fact]
    public void Disk_ByItsNumbers_HasTheNameOfItsDevice()
    {
        Write("dev/block/8:0/uevent", "MAJOR=8\nMINOR=0\nDEVNAME=sda\nDEVTYPE=disk\n");
        Assert.Equal(("/dev/sda", ""), (BlockDevices.Name("8:0", _root.Path), BlockDevices.Name("8:1", _root.Path)));
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[file])!);
        File.WriteAllText(_root[file], text);
    }

    private void Link(string file, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[file])!);
        File.CreateSymbolicLink(_root[file], target);
    }
}
