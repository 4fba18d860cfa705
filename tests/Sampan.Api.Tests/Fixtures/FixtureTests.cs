using System.Buffers;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;

namespace Sampan.Api.Tests.Fixtures;

/// <summary>Every kind that a v1.36 cluster serves, filled in, in its three forms.</summary>
public sealed class FixtureTests
{
    /// <summary>Versions that v1.36 does not serve: their kinds are served in a later version.</summary>
    private static readonly HashSet<string> NotServed =
    [
        "admission.k8s.io.v1beta1", "apps.v1beta1", "apps.v1beta2", "authentication.k8s.io.v1beta1", "authorization.k8s.io.v1beta1",
        "batch.v1beta1", "discovery.k8s.io.v1beta1", "events.k8s.io.v1beta1", "extensions.v1beta1", "flowcontrol.apiserver.k8s.io.v1beta1",
        "flowcontrol.apiserver.k8s.io.v1beta2", "flowcontrol.apiserver.k8s.io.v1beta3", "node.k8s.io.v1alpha1", "node.k8s.io.v1beta1",
        "policy.v1beta1", "rbac.authorization.k8s.io.v1alpha1", "rbac.authorization.k8s.io.v1beta1", "scheduling.k8s.io.v1beta1",
        "storage.k8s.io.v1alpha1", "imagepolicy.k8s.io.v1alpha1",
    ];

    /// <summary>Kinds that v1.36 serves in a later version only, though their version has other kinds.</summary>
    private static readonly HashSet<string> NotServedKinds =
    [
        "admissionregistration.k8s.io.v1alpha1.ValidatingAdmissionPolicy", "admissionregistration.k8s.io.v1alpha1.ValidatingAdmissionPolicyBinding",
        "admissionregistration.k8s.io.v1beta1.ValidatingAdmissionPolicy", "admissionregistration.k8s.io.v1beta1.ValidatingAdmissionPolicyBinding",
        "admissionregistration.k8s.io.v1beta1.MutatingWebhookConfiguration", "admissionregistration.k8s.io.v1beta1.ValidatingWebhookConfiguration",
        "certificates.k8s.io.v1beta1.CertificateSigningRequest", "coordination.k8s.io.v1beta1.Lease",
        "networking.k8s.io.v1beta1.Ingress", "networking.k8s.io.v1beta1.IngressClass",
        "storage.k8s.io.v1beta1.CSIDriver", "storage.k8s.io.v1beta1.CSINode", "storage.k8s.io.v1beta1.CSIStorageCapacity",
        "storage.k8s.io.v1beta1.StorageClass", "storage.k8s.io.v1beta1.VolumeAttachment",
    ];

    public static TheoryData<string> Names
    {
        get
        {
            IEnumerable<string> files = ReferenceDirectory.Fixtures is { } directory ? Directory.EnumerateFiles(directory, "*.json") : [];
            TheoryData<string> names = [.. files.Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(IsServed).Order(StringComparer.Ordinal)];
            if (names.Count == 0)
            {
                names.Add("");
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_AnyForm_GivesEqualObjects(string name)
    {
        Fixture fixture = Fixture.Load(name);

        Assert.True(fixture.Kind.AreEqual(fixture.FromJson, fixture.FromProto), "JSON and protobuf differ");
        Assert.True(fixture.Kind.AreEqual(fixture.FromJson, fixture.FromYaml), "JSON and YAML differ");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DecodeJson_Strict_KnowsEveryField(string name)
    {
        Fixture fixture = Fixture.Load(name);

        Assert.Empty(fixture.StrictErrors);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EncodeJson_Decoded_GivesTheSameDocument(string name)
    {
        Fixture fixture = Fixture.Load(name);
        foreach (ITyped value in (ITyped[])[fixture.FromJson, fixture.FromProto, fixture.Kind.Clone(fixture.FromJson)])
        {
            ArrayBufferWriter<byte> output = new();
            JsonCodec.Encode(value, output);

            Assert.Equal(fixture.JsonText, WithoutClaimTypes(JsonNode.Parse(output.WrittenSpan)!).ToJsonString());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EncodeProto_Decoded_GivesTheSameBytes(string name)
    {
        Fixture fixture = Fixture.Load(name);
        foreach (ITyped value in (ITyped[])[fixture.FromProto, fixture.FromJson, fixture.Kind.Clone(fixture.FromJson)])
        {
            using ProtoWriter writer = new();
            ProtoCodec.Encode(value, writer);

            Assert.Equal(Convert.ToHexString(fixture.Proto), Convert.ToHexString(writer.WrittenSpan));
        }
    }

    /// <summary>The fixtures are Go's types as they are; claim templates are written as upstream's server shows them.</summary>
    private static JsonNode WithoutClaimTypes(JsonNode document)
    {
        foreach (JsonNode? claim in document["spec"]?["volumeClaimTemplates"] as JsonArray ?? [])
        {
            claim!.AsObject().Remove("kind");
            claim.AsObject().Remove("apiVersion");
        }

        return document;
    }

    private static bool IsServed(string name) => name != WatchEventTests.Name && !NotServed.Contains(name[..name.LastIndexOf('.')]) && !NotServedKinds.Contains(name);
}
