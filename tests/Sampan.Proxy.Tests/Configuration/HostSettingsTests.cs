using Sampan.Proxy.Configuration;

namespace Sampan.Proxy.Tests.Configuration;

/// <summary>What upstream's conntrack fields and oomScoreAdj change on the host, in a folder that stands for /proc.</summary>
public sealed class HostSettingsTests : IDisposable
{
    private readonly string _proc = Directory.CreateTempSubdirectory("sampan-proc-").FullName;

    public HostSettingsTests()
    {
        Directory.CreateDirectory(Path.Combine(_proc, "self"));
        Directory.CreateDirectory(Path.Combine(_proc, "sys/net/netfilter"));
        foreach (string name in new[] { "max", "tcp_timeout_established", "tcp_timeout_close_wait", "tcp_be_liberal", "udp_timeout", "udp_timeout_stream" })
            File.WriteAllText(Limit(name), "7\n");
        File.WriteAllText(Score, "7\n");
    }

    private string Score => Path.Combine(_proc, "self/oom_score_adj");

    public void Dispose() => Directory.Delete(_proc, recursive: true);

    [Fact]
    public void Apply_EveryField_IsSet()
    {
        Apply(new()
        {
            OomScoreAdj = -999,
            Conntrack = new() { MaxPerCore = 32768, Min = 131072, TcpEstablishedTimeout = "24h0m0s", TcpCloseWaitTimeout = "1h", TcpBeLiberal = true, UdpTimeout = "30s", UdpStreamTimeout = "2m" },
        });
        Assert.Equal(("-999", "131072", "86400", "3600"), (File.ReadAllText(Score), Read("max"), Read("tcp_timeout_established"), Read("tcp_timeout_close_wait")));
        Assert.Equal(("1", "30", "120"), (Read("tcp_be_liberal"), Read("udp_timeout"), Read("udp_timeout_stream")));
    }

    [Theory]
    [InlineData(100000, 131072, "200000")]
    [InlineData(1000, null, "2000")]
    [InlineData(0, 131072, "7")]
    [InlineData(null, 131072, "7")]
    public void Apply_MaxPerCore_CountsForEachOfTwoCores(int? perCore, int? min, string expected)
    {
        Apply(new() { Conntrack = new() { MaxPerCore = perCore, Min = min } });
        Assert.Equal(expected, Read("max"));
    }

    [Fact]
    public void Apply_NothingGiven_LeavesTheHostAlone()
    {
        Apply(new() { Conntrack = new() { TcpEstablishedTimeout = "0s", TcpBeLiberal = false } });
        Assert.All(Directory.EnumerateFiles(_proc, "*", SearchOption.AllDirectories), file => Assert.Equal("7\n", File.ReadAllText(file)));
    }

    [Fact]
    public void Apply_KernelWithoutTheSetting_SaysSoAndGoesOn()
    {
        File.Delete(Limit("udp_timeout"));
        var problems = new HostSettings(new() { Conntrack = new() { UdpTimeout = "30s", UdpStreamTimeout = "2m" } }, _proc).Apply(2);
        Assert.Contains("nf_conntrack_udp_timeout could not be set to 30", Assert.Single(problems));
        Assert.Equal("120", Read("udp_timeout_stream"));
    }

    private void Apply(KubeProxyConfiguration configuration) => Assert.Empty(new HostSettings(configuration, _proc).Apply(cores: 2));

    private string Limit(string name) => Path.Combine(_proc, "sys/net/netfilter", "nf_conntrack_" + name);

    private string Read(string name) => File.ReadAllText(Limit(name)).Trim();
}
