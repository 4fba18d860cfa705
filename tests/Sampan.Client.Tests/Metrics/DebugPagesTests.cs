using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sampan.Client.Metrics;
using Sampan.Client.Tests.Fakes;

namespace Sampan.Client.Tests.Metrics;

public sealed class DebugPagesTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("*/*")]
    [InlineData("application/yaml, text/plain;q=0.5")]
    public async Task Statusz_AskedByAPerson_IsText(string accept)
    {
        var text = await AskAsync(accept, (pages, context) => pages.StatuszAsync(context), TimeSpan.FromSeconds(3671));
        Assert.StartsWith("\nkubelet statusz\nWarning: This endpoint is not meant to be machine parseable", text, StringComparison.Ordinal);
        Assert.Contains("\nStarted: Thu Jan  1 00:00:00 UTC 2026\nUp: 1 hr 01 min 11 sec\n", text, StringComparison.Ordinal);
        Assert.Contains("\nBinary version: 1.36.2\nEmulation version: 1.36\nPaths: /configz /metrics /statusz\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statusz_AskedByItsWholeName_IsJson()
    {
        var status = JsonNode.Parse(await AskAsync("application/json;v=v1alpha1;g=config.k8s.io;as=Statusz", (pages, context) => pages.StatuszAsync(context), TimeSpan.FromSeconds(16)))!;
        Assert.Equal(("Statusz", "config.k8s.io/v1alpha1", "kubelet"), ((string?)status["kind"], (string?)status["apiVersion"], (string?)status["metadata"]!["name"]));
        Assert.Equal(("2026-01-01T00:00:00Z", 16, "1.36.2", "1.36"), ((string?)status["startTime"], (int)status["uptimeSeconds"]!, (string?)status["binaryVersion"], (string?)status["emulationVersion"]));
        Assert.Contains("/statusz", status["paths"]!.AsArray().Select(path => (string?)path));
    }

    [Fact]
    public async Task Flagz_Asked_ShowsTheFlagsInOrder()
    {
        Assert.EndsWith("debugging purposes only.\nconfig=/etc/kubelet.yaml\nv=2\n", await AskAsync("", (pages, context) => pages.FlagzAsync(context)), StringComparison.Ordinal);
        var flags = JsonNode.Parse(await AskAsync("application/json;as=Flagz;g=config.k8s.io;v=v1beta1", (pages, context) => pages.FlagzAsync(context)))!;
        Assert.Equal(("config.k8s.io/v1beta1", """{"config":"/etc/kubelet.yaml","v":"2"}"""), ((string?)flags["apiVersion"], flags["flags"]!.ToJsonString()));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json;v=v1alpha1;g=config.k8s.io;as=Flagz")]
    [InlineData("application/json;v=v2;g=config.k8s.io;as=Statusz")]
    [InlineData("application/yaml")]
    public async Task Statusz_InAFormThatIsNotThere_IsRefused(string accept)
    {
        var refusal = JsonNode.Parse(await AskAsync(accept, (pages, context) => pages.StatuszAsync(context)))!;
        Assert.Equal((406, "only the following media types are accepted: application/json, application/yaml, text/plain"), ((int)refusal["code"]!, (string?)refusal["message"]));
    }

    [Fact]
    public async Task Statusz_AskedInYaml_IsYaml()
    {
        var text = await AskAsync("application/yaml;v=v1beta1;g=config.k8s.io;as=Statusz", (pages, context) => pages.StatuszAsync(context));
        Assert.Contains("kind: Statusz\n", text, StringComparison.Ordinal);
        Assert.Contains("\nbinaryVersion: 1.36.2\n", text, StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(string accept, Func<DebugPages, HttpContext, Task> ask, TimeSpan up = default)
    {
        var pages = new DebugPages("kubelet", new Dictionary<string, string> { ["v"] = "2", ["config"] = "/etc/kubelet.yaml" }, () => ["/", "/api/v1", "/configz", "/metrics/cadvisor", "/metrics", "/statusz"], _time);
        _time.Advance(up);
        var context = new DefaultHttpContext { Request = { Headers = { Accept = accept } } };
        using var body = new MemoryStream();
        context.Response.Body = body;
        await ask(pages, context);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
