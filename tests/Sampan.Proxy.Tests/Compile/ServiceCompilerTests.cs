using System.Net;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Tests.Compile;

public sealed class ServiceCompilerTests
{
    private static readonly ServiceKey Web = new("default", "web");

    [Theory]
    [InlineData(true, false, true, 1)]
    [InlineData(false, true, true, 0)]
    [InlineData(true, false, false, 0)]
    public void Compile_HealthCheck_CountsWhoIsReadyHere(bool ready, bool terminating, bool local, int expected)
    {
        var port = new ServicePortView(Web, "", Protocol.Tcp, 80, IPAddress.Parse("10.96.0.9")) { ExternalLocal = true, HealthCheckNodePort = 30999 };
        var endpoint = new EndpointView(new Target(IPAddress.Parse("10.244.0.5"), 8080), ready, Serving: true, terminating, local);
        var rules = new ServiceCompiler(new CompileOptions { NodeName = "node" }).Compile(Web, [(port, [endpoint])]);
        Assert.Equal(new LocalHealth(Web, 30999, expected), rules.Health);
    }
}
