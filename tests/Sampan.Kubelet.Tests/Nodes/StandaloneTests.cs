using System.Text.Json.Nodes;
using Sampan.Client;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Nodes;

/// <summary>A kubelet of no cluster. Upstream: test/e2e_node/standalone_test.go.</summary>
public sealed class StandaloneTests
{
    [Fact]
    public async Task Start_WithoutAnApiServer_RunsThePodsOfItsManifests()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory["manifests"]);
        await File.WriteAllTextAsync(directory["manifests/web.yaml"], "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: 'registry.test/web:1' }] }\n");
        await using var kubelet = new Kubelet(new KubeletOptions
        {
            Client = new ApiClient(new NoApiServer()),
            NodeName = "alone",
            NodeIP = "127.0.0.1",
            IsSimulated = true,
            RootDirectory = directory["kubelet"],
            Configuration = new KubeletConfiguration
            {
                Port = 0,
                HealthzPort = 0,
                Address = "127.0.0.1",
                StaticPodPath = directory["manifests"],
                Authentication = new() { Webhook = new() { Enabled = false }, Anonymous = new() { Enabled = true } },
                Authorization = new() { Mode = "AlwaysAllow" },
            },
        });

        await kubelet.StartAsync(default);
        await kubelet.ReadyAsync(default);

        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{kubelet.Port}") };
        JsonNode? pod = null;
        await Eventually.TrueAsync(async () =>
        {
            pod = JsonNode.Parse(await client.GetStringAsync("/pods"))!["items"]!.AsArray().SingleOrDefault();
            return (string?)pod?["status"]!["phase"] == "Running";
        }, "its pod runs");
        Assert.Equal("web-alone", (string?)pod!["metadata"]!["name"]);
    }
}
