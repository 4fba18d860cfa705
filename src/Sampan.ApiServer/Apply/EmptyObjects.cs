using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.ApiServer.Http.Resources;

namespace Sampan.ApiServer.Apply;

/// <summary>The JSON of objects without content: what a creation is compared with.</summary>
internal static class EmptyObjects
{
    private static readonly ConcurrentDictionary<KindInfo, byte[]> Encoded = new();

    public static byte[] Of(KindInfo kind) => Encoded.GetOrAdd(kind, static key => ObjectForms.Encode(key.New()));
}
