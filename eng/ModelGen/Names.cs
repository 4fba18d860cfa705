namespace ModelGen;

/// <summary>How schema and protobuf names become C# names.</summary>
internal static class Names
{
    /// <summary>Types written by hand in Sampan.Api, by the last part of their schema's name.</summary>
    public static readonly HashSet<string> Primitives = ["Quantity", "IntOrString", "Time", "MicroTime", "Duration", "RawExtension", "FieldsV1", "JSON"];

    /// <summary>Types written by hand beside the drafted ones, or not modelled.</summary>
    public static readonly HashSet<string> HandWritten = ["JSONSchemaPropsOrArray", "JSONSchemaPropsOrBool", "JSONSchemaPropsOrStringArray", "Patch"];

    /// <summary>Go messages that are plain lists of strings in JSON.</summary>
    public static readonly HashSet<string> StringLists = ["ExtraValue", "Verbs"];

    private static readonly Dictionary<string, string> Groups = new()
    {
        ["admissionregistration"] = "AdmissionRegistration",
        ["apidiscovery"] = "ApiDiscovery",
        ["apiextensions"] = "ApiExtensions",
        ["apiregistration"] = "ApiRegistration",
        ["apiserverinternal"] = "ApiServerInternal",
        ["flowcontrol"] = "FlowControl",
        ["storagemigration"] = "StorageMigration",
    };

    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["io.k8s.apimachinery.pkg.version.Info"] = "VersionInfo",
        ["io.k8s.apimachinery.pkg.apis.meta.v1.GroupResource"] = "GroupResourceReference",
        ["io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionKind"] = "KindReference",
        ["io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionResource"] = "ResourceReference",
    };

    /// <summary>io.k8s.api.apps.v1.Deployment → k8s.io.api.apps.v1: only the first two parts swap.</summary>
    public static string Package(string schema)
    {
        string[] parts = schema.Split('.');
        return string.Join('.', ["k8s", "io", .. parts[2..^1]]).Replace('-', '_');
    }

    public static string Schema(string package, string name) =>
        "io.k8s" + package["k8s.io".Length..].Replace("_apiserver", "-apiserver", StringComparison.Ordinal)
            .Replace("kube_aggregator", "kube-aggregator", StringComparison.Ordinal) + "." + name;

    public static (string Namespace, string Name) CSharp(string schema)
    {
        string[] parts = schema.Split('.');
        string name = Renamed.GetValueOrDefault(schema, parts[^1]);
        if (schema.Contains(".pkg.version.", StringComparison.Ordinal))
        {
            return ("Sampan.Api.Meta.V1", name);
        }

        return ($"Sampan.Api.{Groups.GetValueOrDefault(parts[^3], Pascal(parts[^3]))}.{Version(parts[^2])}", name);
    }

    /// <summary>podIP → PodIP, x-kubernetes-list-type → XKubernetesListType, $ref → Ref.</summary>
    public static string Property(string json, string typeName)
    {
        string name = string.Concat(json.TrimStart('$').Split(['-', '_']).Select(Pascal));
        return name == typeName ? name + "Value" : name;
    }

    /// <summary>Protobuf spells some names in its own way: uID for uid, xKubernetesListType for x-kubernetes-list-type.</summary>
    public static string Normalize(string name) => name.Replace("-", "", StringComparison.Ordinal).TrimStart('$').ToLowerInvariant();

    private static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private static string Version(string version) => Pascal(version)
        .Replace("alpha", "Alpha", StringComparison.Ordinal).Replace("beta", "Beta", StringComparison.Ordinal);
}
