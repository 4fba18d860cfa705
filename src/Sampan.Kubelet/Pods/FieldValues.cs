using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>The values of a pod's own fields for the downward API.</summary>
internal static class FieldValues
{
    /// <summary>The value of a field; null when the path is none that the downward API offers.</summary>
    public static string? Get(Pod pod, string path, IReadOnlyList<string> hostIPs, IReadOnlyList<string> podIPs)
    {
        if (Subscript(path) is var (map, key))
        {
            return map switch
            {
                "metadata.labels" => pod.Metadata.Labels.OrEmpty().GetValueOrDefault(key, ""),
                "metadata.annotations" => pod.Metadata.Annotations.OrEmpty().GetValueOrDefault(key, ""),
                _ => null,
            };
        }

        return path switch
        {
            "metadata.name" => pod.Metadata.Name,
            "metadata.namespace" => pod.Metadata.Namespace,
            "metadata.uid" => pod.Metadata.Uid,
            "metadata.labels" => Format(pod.Metadata.Labels),
            "metadata.annotations" => Format(pod.Metadata.Annotations),
            "spec.nodeName" => pod.Spec.NodeName ?? "",
            "spec.serviceAccountName" => pod.Spec.ServiceAccountName ?? "",
            "status.hostIP" => hostIPs.FirstOrDefault() ?? "",
            "status.hostIPs" => string.Join(',', hostIPs),
            "status.podIP" => podIPs.FirstOrDefault() ?? "",
            "status.podIPs" => string.Join(',', podIPs),
            _ => null,
        };
    }

    /// <summary>Lines of <c>key="value"</c>, sorted, the value quoted as Go does.</summary>
    private static string Format(Dictionary<string, string>? map) =>
        string.Join('\n', map.OrEmpty().OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}={Quote(e.Value)}"));

    private static string Quote(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in value)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\a' => "\\a",
                '\b' => "\\b",
                '\f' => "\\f",
                '\v' => "\\v",
                < ' ' or '\x7f' => $"\\x{(int)c:x2}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary><c>metadata.labels['app']</c> → <c>(metadata.labels, app)</c>.</summary>
    private static (string Map, string Key)? Subscript(string path)
    {
        var open = path.IndexOf("['", StringComparison.Ordinal);
        return open > 0 && path.EndsWith("']", StringComparison.Ordinal) ? (path[..open], path[(open + 2)..^2]) : null;
    }
}
