using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sampan.ApiServer.Tests.Server;
using Sampan.ApiServer.Tracing;
using Sampan.Client;

namespace Sampan.ApiServer.Tests.Tracing;

public sealed class TracingTests
{
    [Fact]
    public async Task Request_Sampled_IsSentToTheCollector()
    {
        var received = new MemoryStream();
        var path = "";
        await using var collector = await StartCollectorAsync(async context =>
        {
            path = context.Request.Path;
            await context.Request.Body.CopyToAsync(received);
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        });
        var endpoint = new Uri($"http://127.0.0.1:{new Uri(collector.Urls.First()).Port}");
        await using (var server = await TestServer.StartAsync(options => options with { Tracing = new TracingOptions(endpoint, 1_000_000) }))
        {
            await server.SendAsync("GET", "/api/v1/namespaces/default/configmaps/absent");
            await server.SendAsync("POST", "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"m"}}""");
        }
        Assert.Equal("/opentelemetry.proto.collector.trace.v1.TraceService/Export", path);
        var sent = Encoding.UTF8.GetString(received.ToArray());
        foreach (var span in (string[])["GET /api/v1/namespaces/{:namespace}/configmaps/{:name}", "Authenticate", "Authorize", "Admit: mutate", "Admit: validate", "Create in the store"])
            Assert.Contains(span, sent, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Upstreams_IsRead()
    {
        const string Text = "{apiVersion: apiserver.config.k8s.io/v1beta1, kind: TracingConfiguration, endpoint: 'collector:4317', samplingRatePerMillion: 100}";
        Assert.Equal(new TracingOptions(new Uri("http://collector:4317"), 100), TracingFile.Parse(Text, "file"));
    }

    [Theory]
    [InlineData("kind: Pod")]
    [InlineData("{apiVersion: apiserver.config.k8s.io/v1, kind: TracingConfiguration, samplingRatePerMillion: 2000000}")]
    public void Parse_Other_IsRefused(string text) => Assert.Throws<FormatException>(() => TracingFile.Parse(text, "file"));

    private static async Task<WebApplication> StartCollectorAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var host = builder.Build();
        host.Run(answer);
        await host.StartAsync();
        return host;
    }
}
