namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>What the tests of clients apply.</summary>
internal static class Manifests
{
    /// <summary>A deployment whose pods no scheduler places: on a control plane alone it only has replica sets.</summary>
    public static string Deployment(string image = "nginx:1", int replicas = 0) => $$"""
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: app, labels: { app: app } }
        spec:
          replicas: {{replicas}}
          selector: { matchLabels: { app: app } }
          template:
            metadata: { labels: { app: app } }
            spec:
              containers:
              - { name: main, image: "{{image}}", ports: [{ containerPort: 80 }], env: [{ name: A, value: "1" }] }

        """;

    public static string ConfigMap(string name, string value, string label = "app") => $$"""
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: {{name}}, labels: { set: {{label}} } }
        data: { key: "{{value}}" }

        """;
}
