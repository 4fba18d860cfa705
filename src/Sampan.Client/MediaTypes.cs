namespace Sampan.Client;

/// <summary>Media types of the Kubernetes API.</summary>
public static class MediaTypes
{
    public const string Json = "application/json";
    public const string Yaml = "application/yaml";
    public const string Protobuf = "application/vnd.kubernetes.protobuf";
    public const string JsonPatch = "application/json-patch+json";
    public const string MergePatch = "application/merge-patch+json";
    public const string StrategicMergePatch = "application/strategic-merge-patch+json";
    public const string ApplyYaml = "application/apply-patch+yaml";

    public const string PartialObjectMetadata =
        "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    public const string PartialObjectMetadataList =
        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
}
