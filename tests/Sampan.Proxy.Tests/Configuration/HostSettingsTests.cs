using Sampan.Proxy.Configuration;

namespace Sampan.Proxy.Tests.Configuration;

/// <summary>What upstream's conntrack fields and oomScoreAdj change on the host, in a folder that stands for its root.</summary>
public sealed class HostSettingsTests : IDisposable
{
    private static readonly ConntrackConfiguration Nothing = new() { MaxPerCore = 0, TcpEstablishedTimeout = "0s", TcpCloseWaitTimeout = "0s" };
    private readonly string _root = Directory.CreateTempSubdirectory("sampan-host-").FullName;

    public HostSettingsTests()
    {
        foreach (string name in new[] { "max", "tcp_timeout_established", "tcp_timeout_close_wait", "tcp_be_liberal", "udp_timeout", "udp_timeout_stream" }) Put(Limit(name), "7\n");
        Put("proc/self/oom_score_adj", "7\n");
        Put(Buckets, "7\n");
        Put("sys/devices/system/cpu/online", "0,2\n");
    }

    private static string Buckets => "sys/module/nf_conntrack/parameters/hashsize";

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void SetConntrack_Defaults_AreUpstreams()
    {
        Set(new());
        Assert.Equal(("131072", "32768", "86400", "3600"), (Read(Limit("max")), Read(Buckets), Read(Limit("tcp_timeout_established")), Read(Limit("tcp_timeout_close_wait"))));
        Assert.Equal(("7", "7", "7"), (Read(Limit("tcp_be_liberal")), Read(Limit("udp_timeout")), Read(Limit("udp_timeout_stream"))));
    }

    [Fact]
    public void SetConntrack_EveryField_IsSet()
    {
        Set(Nothing with { TcpEstablishedTimeout = "5h", TcpCloseWaitTimeout = "90s", TcpBeLiberal = true, UdpTimeout = "30s", UdpStreamTimeout = "2m" });
        Assert.Equal(("18000", "90"), (Read(Limit("tcp_timeout_established")), Read(Limit("tcp_timeout_close_wait"))));
        Assert.Equal(("1", "30", "120"), (Read(Limit("tcp_be_liberal")), Read(Limit("udp_timeout")), Read(Limit("udp_timeout_stream"))));
    }

    /// <summary>Cases of upstream's TestGetConntrackMax, on a machine of two cores.</summary>
    [Theory]
    [InlineData(100000, 131072, "200000")]
    [InlineData(1000, 0, "2000")]
    [InlineData(1000, 131072, "131072")]
    [InlineData(600000, 131072, "1048576")]
    [InlineData(0, 131072, "7")]
    public void SetConntrack_MaxPerCore_CountsForEveryCoreOfTheMachine(int perCore, int min, string expected)
    {
        Set(Nothing with { MaxPerCore = perCore, Min = min });
        Assert.Equal(expected, Read(Limit("max")));
    }

    [Fact]
    public void SetConntrack_HostThatAllowsMore_IsNotLowered()
    {
        Put(Limit("max"), "262144\n");
        Put(Buckets, "65536\n");
        Set(new());
        Assert.Equal(("262144", "65536"), (Read(Limit("max")), Read(Buckets)));
    }

    [Fact]
    public void SetConntrack_NothingGiven_LeavesTheHostAlone()
    {
        Set(Nothing with { TcpBeLiberal = false });
        Assert.All(Directory.EnumerateFiles(Path.Combine(_root, "proc"), "*", SearchOption.AllDirectories), file => Assert.Equal("7\n", File.ReadAllText(file)));
    }

    [Fact]
    public void SetConntrack_KernelWithoutTheSetting_SaysSoAndGoesOn()
    {
        File.Delete(Path.Combine(_root, Limit("udp_timeout")));
        var problems = new HostSettings(_root).SetConntrack(Nothing with { UdpTimeout = "30s", UdpStreamTimeout = "2m" });
        Assert.Contains("nf_conntrack_udp_timeout could not be set to 30", Assert.Single(problems));
        Assert.Equal("120", Read(Limit("udp_timeout_stream")));
    }

    [Fact]
    public void SetOomScore_Score_IsWritten()
    {
        Assert.Null(new HostSettings(_root).SetOomScore(-999));
        Assert.Equal("-999", Read("proc/self/oom_score_adj"));
    }

    private static string Limit(string name) => "proc/sys/net/netfilter/nf_conntrack_" + name;

    private void Set(ConntrackConfiguration configuration) => Assert.Empty(new HostSettings(_root).SetConntrack(configuration));

    private string Read(string path) => File.ReadAllText(Path.Combine(_root, path)).Trim();

    private void Put(string path, string text)
    {
        string file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
