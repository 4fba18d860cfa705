using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Requests;

/// <summary>How upstream's Go components ask: protobuf first, metadata only where that is enough.</summary>
internal static class ComponentRequests
{
    public const string Protobuf = "application/vnd.kubernetes.protobuf";
    public const string Accept = "application/vnd.kubernetes.protobuf,application/json";
    public const string Metadata =
        "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    public const string MetadataList =
        "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    public const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    public static Task<RawAnswer> PostAsync<T>(TestServer server, string target, T body)
        where T : class, ITyped, IWireValue<T> => server.SendAsync("POST", target, ProtoCodec.Encode(body), Protobuf, Accept);
}
