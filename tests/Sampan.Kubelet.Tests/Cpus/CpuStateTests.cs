using Sampan.Client.Metrics;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Cpus;
using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Topology;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sampan.Kubelet.Tests.Cpus;

/// <summary>What an earlier kubelet gave out, and whether this one can keep it.</summary>
public sealed class CpuStateTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Path => _directory["cpu_manager_state"];

    public void Dispose() => _directory.Dispose();

    /// <summary>Upstream: TestStaticPolicyStart; the machine has processors 0 to 15.</summary>
    [Theory]
    [InlineData("", "", null)]
    [InlineData("0-15", "", null)]
    [InlineData("0,2-8,10-15", "1,9", null)]
    [InlineData("", "1", "default cpuset cannot be empty")]
    [InlineData("1-15", "", "not all reserved cpus: \"0\" are present in defaultCpuSet: \"1-15\"")]
    [InlineData("0-15", "1", "pod: uid, container: web cpuset: \"1\" overlaps with default cpuset \"0-15\"")]
    [InlineData("0-7", "8", "current set of available CPUs \"0-15\" doesn't match with CPUs in state \"0-8\"")]
    [InlineData("0-15", "16", "current set of available CPUs \"0-15\" doesn't match with CPUs in state \"0-16\"")]
    public void Start_State_IsKeptWhereItFits(string shared, string own, string? problem)
    {
        Write("static", shared, own);
        if (problem is null)
        {
            Assert.Equal(own, Manager().Exclusive("uid", "web")?.ToString() ?? "");
            return;
        }

        Assert.Equal($"start cpu manager error: {problem}", Assert.Throws<ConfigurationException>(() => Manager()).Message);
    }

    [Theory]
    [InlineData("1-15", null)]
    [InlineData("0-15", "some of strictly reserved cpus: \"0\" are present in defaultCpuSet: \"0-15\"")]
    public void Start_StrictReservation_LeavesReservedProcessorsOut(string shared, string? problem)
    {
        Write("static", shared, "");
        var refused = Record.Exception(() => Manager(isStrict: true));
        Assert.Equal(problem is null ? null : $"start cpu manager error: {problem}", refused?.Message);
    }

    [Theory]
    [InlineData("static", "none")]
    [InlineData("none", "static")]
    public void Start_StateOfAnotherPolicy_IsRefused(string before, string now)
    {
        Write(before, "0-15", "");
        var configuration = Configured(now);
        Assert.Equal(Refusal($"configured policy \"{now}\" differs from state checkpoint policy \"{before}\""), Assert.Throws<ConfigurationException>(() => Create(configuration)).Message);

        File.Delete(Path);
        Assert.Equal(now == "static", Create(configuration).Cpus is not null);
    }

    /// <summary>Upstream writes its files at the start, whatever the policy, so that another one is noticed before anybody has anything.</summary>
    [Theory]
    [InlineData("none", "", "static")]
    [InlineData("static", "0-15", "none")]
    public void Record_Policy_IsKeptForTheNextKubelet(string policy, string shared, string next)
    {
        Create(Configured(policy)).Record();
        Assert.Equal($$"""{"policyName":"{{policy}}","defaultCpuSet":"{{shared}}","checksum":0}""", File.ReadAllText(Path));
        Assert.Equal("""{"policyName":"None","machineState":{},"checksum":4236770233}""", File.ReadAllText(_directory["memory_manager_state"]));

        Create(Configured(policy)).Record();
        Assert.Equal(Refusal($"configured policy \"{next}\" differs from state checkpoint policy \"{policy}\""), Assert.Throws<ConfigurationException>(() => Create(Configured(next))).Message);
    }

    [Fact]
    public void Start_StateThatNobodyCanRead_IsRefused()
    {
        File.WriteAllText(Path, "{");
        Assert.Equal(Refusal("checkpoint is corrupted"), Assert.Throws<ConfigurationException>(() => Manager()).Message);
    }

    private string Refusal(string why) =>
        $"start cpu manager error: could not restore state from checkpoint: {why}, please drain this node and delete the CPU manager checkpoint file \"{Path}\" before restarting Kubelet";

    private static KubeletConfiguration Configured(string policy) => new() { CpuManagerPolicy = policy, ReservedSystemCpus = "0" };

    private void Write(string policy, string shared, string own) => File.WriteAllText(
        Path, $$$"""{"policyName":"{{{policy}}}","defaultCpuSet":"{{{shared}}}","entries":{{{Entries(own)}}},"checksum":0}""");

    private static string Entries(string own) => own.Length > 0 ? $$$"""{"uid":{"web":"{{{own}}}"}}""" : "{}";

    private CpuManager Manager(bool isStrict = false) => new(Machines.TwoSockets(), CpuSet.Parse("0"), new CpuOptions(IsReservationStrict: isStrict), new CpuCheckpoint(Path));

    private ExclusiveResources Create(KubeletConfiguration configuration)
    {
        using var devices = new DeviceManager(null, TimeProvider.System, NullLogger.Instance, new DeviceMetrics(new()));
        return ExclusiveResources.Create(configuration, NodeCapacity.Create(configuration, 16, 1L << 34, 0, []), devices, Machines.TwoSockets(), _directory.Path, new MetricRegistry(), TimeProvider.System);
    }
}
