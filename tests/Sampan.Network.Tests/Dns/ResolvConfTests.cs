using System.Net;
using Sampan.Network.Dns.Forwarding;

namespace Sampan.Network.Tests.Dns;

public sealed class ResolvConfTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sampan-resolv-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Servers_StubOnLoopback_LooksBehindIt()
    {
        string stub = Write("resolv.conf", "# made by systemd\nnameserver 127.0.0.53\noptions edns0\n");
        string real = Write("real.conf", "nameserver\t192.0.2.53\nnameserver 192.0.2.54\nsearch example.com");
        Assert.Equal(["192.0.2.53:53", "192.0.2.54:53"], Servers(stub, real));
    }

    [Fact]
    public void Servers_OnlyALocalResolver_IsUsed() => Assert.Equal(["127.0.0.1:53"], Servers(Write("resolv.conf", "nameserver 127.0.0.1")));

    [Fact]
    public void Servers_Ourselves_AreLeftOut()
    {
        string path = Write("resolv.conf", "nameserver 10.96.0.10\nnameserver 192.0.2.53\n");
        Assert.Equal(["192.0.2.53:53"], Servers(path));
    }

    [Fact]
    public void Servers_NoFile_AreNone() => Assert.Empty(Servers(Path.Combine(_directory, "absent")));

    private static List<string> Servers(params string[] paths)
    {
        var ourselves = new HashSet<IPEndPoint> { IPEndPoint.Parse("10.96.0.10:53") };
        return [.. new ResolvConf(TimeProvider.System, ourselves, paths).Servers.Select(s => s.ToString())];
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }
}
