using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sampan.Api.Codec;

namespace Sampan.Api.Tests.Model;

public sealed class RoundTripTests
{
    private static readonly Arbitrary<(KindInfo Kind, int Seed)> Objects = Arb.From(
        from kind in Gen.Elements(Kinds.Typed.ToArray())
        from seed in Gen.Choose(0, int.MaxValue)
        select (kind, seed));

    [Fact]
    public void Json_Any_RoundTrips() => Check(static (kind, value) => kind.AreEqual(value, JsonCodec.Decode(kind, Json(value))), withTable: false);

    [Fact]
    public void Proto_Any_RoundTrips() => Check(
        static (kind, value) =>
        {
            using ProtoWriter writer = new();
            ProtoCodec.Encode(value, writer);
            return kind.AreEqual(value, ProtoCodec.Decode(writer.WrittenSpan));
        },
        withTable: false);

    [Fact]
    public void Yaml_Any_RoundTrips() => Check(
        static (kind, value) => kind.AreEqual(value, YamlCodec.Decode(kind, Encoding.UTF8.GetBytes(YamlTree.Format(JsonTree.Parse(Json(value)))))),
        withTable: false);

    [Fact]
    public void DeepClone_Any_IsEqualAndSharesNothing() => Check(
        static (kind, value) =>
        {
            byte[] before = Json(value);
            ITyped clone = kind.Clone(value);
            bool equal = kind.AreEqual(value, clone) && Json(clone).SequenceEqual(before);
            ObjectFiller.Scramble(clone);
            return equal && Json(value).SequenceEqual(before);
        },
        withTable: true);

    [Fact]
    public void DecodeJson_Truncated_ThrowsOnlyItsOwnError() => Check(
        static (kind, value) =>
        {
            byte[] json = Json(value);
            Assert.Throws<JsonFormatException>(() => JsonCodec.Decode(kind, json.AsSpan(0, json.Length / 2)));
            return true;
        },
        withTable: true);

    private static byte[] Json(ITyped value)
    {
        ArrayBufferWriter<byte> output = new();
        JsonCodec.Encode(value, output);
        return output.WrittenSpan.ToArray();
    }

    private static void Check(Func<KindInfo, ITyped, bool> holds, bool withTable) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(Objects, o => (!withTable && o.Kind.Kind == "Table") || holds(o.Kind, new ObjectFiller(o.Seed).New(o.Kind))));
}
