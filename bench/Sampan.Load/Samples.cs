namespace Sampan.Load;

/// <summary>The objects that are created. A pod is as large in the server as those of a Deployment: about 4 KiB of JSON.</summary>
internal static class Samples
{
    public static string Namespace(string name) => $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{name}}"} }""";

    public static string ServiceAccount() => """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}""";

    public static string ConfigMap(string name, string step = "0") =>
        $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}","labels":{"app":"load"} },"data":{"step":"{{step}}","key":"{{new string('v', 200)}}"} }""";

    /// <summary>A hundred of them are 50 MiB.</summary>
    public static string LargeConfigMap(string name) =>
        $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}","labels":{"app":"large"} },"data":{"key":"{{new string('v', 512 << 10)}}"} }""";

    public static string Pod(string name) => $$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","labels":{"app":"load","pod-template-hash":"5d59d67564","tier":"web"},
         "annotations":{"example.com/config-hash":"0123456789abcdef0123456789abcdef"} },
         "spec":{"nodeName":"node-{{name.GetHashCode(StringComparison.Ordinal) & 63}}","automountServiceAccountToken":true,
          "containers":[{{Container("web")}},{{Container("proxy")}}],
          "volumes":[{"name":"config","configMap":{"name":"web"} },{"name":"scratch","emptyDir":{} }]} }
        """;

    private static string Container(string name) => $$"""
        {"name":"{{name}}","image":"registry.example.com/team/{{name}}:1.27.3","args":["--listen=:8080","--log-level=info"],
         "ports":[{"name":"http-{{name}}","containerPort":{{8000 + name.Length}} }],
         "env":[{"name":"MODE","value":"production"},{"name":"POD_IP","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"} } }],
         "resources":{"requests":{"cpu":"100m","memory":"64Mi"},"limits":{"memory":"128Mi"} },
         "readinessProbe":{"httpGet":{"path":"/ready","port":8080},"periodSeconds":5},
         "livenessProbe":{"httpGet":{"path":"/live","port":8080} },
         "volumeMounts":[{"name":"config","mountPath":"/etc/web"},{"name":"scratch","mountPath":"/tmp"}]}
        """;
}
