using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.EndToEnd.Tests.Cluster;
using Sampan.Kubelet.Cgroups;

namespace Sampan.EndToEnd.Tests.Nodes;

/// <summary>Groups of pods as a real systemd makes them.</summary>
public sealed class SystemdGroupTests : IAsyncLifetime
{
    private const string Uid = "6c1a4e95-6bb6-11e6-bc26-28d2444e470d";
    private const string Slice = "kubepods-burstable-pod6c1a4e95_6bb6_11e6_bc26_28d2444e470d.slice";
    private readonly SystemdMachine _machine = new();
    private ICgroups _kernel = new NoCgroups();
    private PodCgroups _groups = new(new NoCgroups(), "/", () => 0, new CgroupRules());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(SystemdMachine.Unavailable() is not null, SystemdMachine.Unavailable() ?? "");
        await _machine.BootAsync();
        _kernel = _machine.Kernel;
        _groups = Kubelet();
        await _groups.EnsureTreeAsync(2048, Ct);
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task Ensure_Pod_KeepsItsLimitsWhenSystemdReloads()
    {
        await _groups.EnsureAsync(Pod("500m", "64Mi"), Ct);
        await HasAsync("50000", 64L << 20);
        await _machine.RunAsync("systemctl", "daemon-reload");
        await HasAsync("50000", 64L << 20);

        await _groups.EnsureAsync(Pod("1500m", "128Mi"), Ct);
        await _machine.RunAsync("systemctl", "daemon-reload");
        await HasAsync("150000", 128L << 20);

        // A kubelet that has been started again knows of nothing.
        await Kubelet().EnsureAsync(Pod("250m", "32Mi"), Ct);
        await HasAsync("25000", 32L << 20);
        Assert.Equal("kubepods-burstable.slice", await ShowAsync("Slice"));
        Assert.Equal("yes yes yes", string.Join(' ', await Task.WhenAll(new[] { "MemoryAccounting", "CPUAccounting", "TasksAccounting" }.Select(ShowAsync))));
    }

    [Fact]
    public async Task Remove_PodWithAContainer_LeavesNothing()
    {
        var pod = Pod("500m", "64Mi");
        await _groups.EnsureAsync(pod, Ct);
        await _machine.RunAsync("sh", "-c", $"systemd-run --quiet --scope --slice={Slice} --unit=cri-containerd-c1.scope sh -c 'trap : TERM; while :; do sleep 1; done' >/dev/null 2>&1 &");
        await TestCluster.EventuallyAsync("the container runs", () => Task.FromResult(_groups.ProcessesOf(pod, "c1").Count > 0), 60);
        Assert.EndsWith($"/{Slice}/cri-containerd-c1.scope", _groups.PathOf(pod, "c1"), StringComparison.Ordinal);
        Assert.True(_groups.UsageOf(pod)!.Memory > 0);
        Assert.Equal([Uid], _groups.Pods());

        await _groups.RemoveAsync(Uid, Ct);

        Assert.Empty(_groups.Pods());
        Assert.Equal("inactive", await ShowAsync("ActiveState"));
        Assert.Equal("active", await _machine.RunAsync("systemctl", "show", "--value", "--property=ActiveState", "kubepods-burstable.slice"));
        await _groups.RemoveAsync(Uid, Ct);
    }

    private PodCgroups Kubelet() => new(new SystemdCgroups(_kernel, new SystemdUnits(_machine)), "/", () => 8L << 30, new CgroupRules());

    private async Task HasAsync(string quota, long memory)
    {
        Assert.Equal($"{memory}", await ShowAsync(_kernel.Version == 1 ? "MemoryLimit" : "MemoryMax"));
        var path = _groups.PathOf(Pod("1", "1Gi"));
        Assert.StartsWith(quota, _machine.Read(path, _kernel.Version == 1 ? "cpu/cpu.cfs_quota_us" : "cpu.max"), StringComparison.Ordinal);
        Assert.Equal($"{memory}", _machine.Read(path, _kernel.Version == 1 ? "memory/memory.limit_in_bytes" : "memory.max"));
    }

    private Task<string> ShowAsync(string property) => _machine.RunAsync("systemctl", "show", "--value", $"--property={property}", Slice);

    /// <summary>A burstable pod that may have so much.</summary>
    private static Pod Pod(string cpu, string memory) => new()
    {
        Metadata = new() { Name = "web", Namespace = "default", Uid = Uid },
        Spec = new()
        {
            Containers =
            [
                new()
                {
                    Name = "web",
                    Resources = new()
                    {
                        Requests = new() { ["cpu"] = Quantity.Parse("20m"), ["memory"] = Quantity.Parse("16Mi") },
                        Limits = new() { ["cpu"] = Quantity.Parse(cpu), ["memory"] = Quantity.Parse(memory) },
                    },
                },
            ],
        },
    };
}
