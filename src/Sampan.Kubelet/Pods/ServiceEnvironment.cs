using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// The variables by which a pod finds Services without DNS:
/// <code>
/// WEB_SERVICE_HOST=10.96.0.7   WEB_SERVICE_PORT=80   WEB_SERVICE_PORT_HTTP=80
/// WEB_PORT=tcp://10.96.0.7:80  WEB_PORT_80_TCP=tcp://10.96.0.7:80  …_PROTO=tcp  …_PORT=80  …_ADDR=10.96.0.7
/// </code>
/// </summary>
internal static class ServiceEnvironment
{
    private const string ApiServerNamespace = "default";
    private const string ApiServer = "kubernetes";

    /// <summary>The API server's Service always; those of the pod's namespace unless the pod declines them, also before that one.</summary>
    public static Dictionary<string, string> For(Pod pod, IPodObjects objects)
    {
        var services = objects.Services(ApiServerNamespace).Where(s => s.Metadata.Name == ApiServer);
        if (pod.Spec.EnableServiceLinks ?? true)
        {
            services = objects.Services(pod.Metadata.Namespace).Concat(services);
        }

        var result = new Dictionary<string, string>();
        foreach (var service in services.Where(s => s.Spec.ClusterIP is { Length: > 0 } ip && ip != "None").DistinctBy(s => s.Metadata.Name))
        {
            Add(service, result);
        }

        return result;
    }

    private static void Add(Service service, Dictionary<string, string> result)
    {
        var name = VariableName(service.Metadata.Name);
        var address = service.Spec.ClusterIP!;
        var ports = service.Spec.Ports.OrEmpty();
        result[$"{name}_SERVICE_HOST"] = address;
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            var protocol = port.Protocol is { Length: > 0 } p ? p : "TCP";
            var url = $"{protocol.ToLowerInvariant()}://{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{port.Port}";
            if (i == 0)
            {
                result[$"{name}_SERVICE_PORT"] = port.Port.ToString();
                result[$"{name}_PORT"] = url;
            }

            if (port.Name is { Length: > 0 } portName)
            {
                result[$"{name}_SERVICE_PORT_{VariableName(portName)}"] = port.Port.ToString();
            }

            var prefix = $"{name}_PORT_{port.Port}_{protocol.ToUpperInvariant()}";
            result[prefix] = url;
            result[prefix + "_PROTO"] = protocol.ToLowerInvariant();
            result[prefix + "_PORT"] = port.Port.ToString();
            result[prefix + "_ADDR"] = address;
        }
    }

    private static string VariableName(string name) => name.Replace('-', '_').ToUpperInvariant();
}
