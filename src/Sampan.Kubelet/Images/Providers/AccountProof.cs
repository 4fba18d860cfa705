using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Kubelet.Images.Access;

namespace Sampan.Kubelet.Images.Providers;

/// <summary>What a provider learns of a pod's service account.</summary>
/// <param name="Account">Whose logins they become.</param>
internal sealed record AccountProof(PullSource Account, string Token, IReadOnlyDictionary<string, string> Annotations)
{
    /// <summary>Logins of accounts that differ in any of this are kept apart.</summary>
    public string Key(string cacheType) => new JsonArray(
        Account.Namespace, Account.Name, Account.Uid,
        new JsonObject(Annotations.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value))),
        cacheType == TokenAttributes.ByToken ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token))) : "").ToJsonString();
}
