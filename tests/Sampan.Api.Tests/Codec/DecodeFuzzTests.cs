using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Api.Tests.Model;

namespace Sampan.Api.Tests.Codec;

/// <summary>Valid objects with a few bytes changed: decoders answer with an object or with a format error.</summary>
public class DecodeFuzzTests
{
    private static readonly byte[] Json = JsonCodec.Encode(Filled());
    private static readonly byte[] Proto = Wire.ToProto(Filled());
    private static readonly string Yaml = Encoding.UTF8.GetString(YamlCodec.Encode(Filled()));

    [Fact]
    public void Json_ChangedBytes_DecodeOrAreRefused() =>
        Fuzz(Json, bytes => JsonCodec.Decode<Pod>(bytes, new JsonReadContext(FieldValidation.Strict)));

    [Fact]
    public void JsonTree_ChangedBytes_DecodeOrAreRefused() =>
        Fuzz(Json, bytes => JsonTree.Parse(bytes, new JsonReadContext(FieldValidation.Strict)));

    [Fact]
    public void Proto_ChangedBytes_DecodeOrAreRefused() => Fuzz(Proto, bytes => Wire.FromProto<Pod>(bytes));

    [Fact]
    public void Yaml_ChangedBytes_DecodeOrAreRefused() => Fuzz(
        Encoding.UTF8.GetBytes(Yaml[..Math.Min(Yaml.Length, 3000)]),
        bytes => YamlCodec.Decode<Pod>(bytes, new JsonReadContext(FieldValidation.Strict)));

    private static Pod Filled() => (Pod)new ObjectFiller(1).New(Pod.Info);

    private static void Fuzz(byte[] valid, Action<byte[]> decode) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400),
        Prop.ForAll(Arb.From(Changes), changes => Survives(() => decode(Change(valid, changes)))));

    private static Gen<(int Place, byte Value)[]> Changes =>
        (from place in Gen.Choose(0, int.MaxValue)
         from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements("\"\\{}[]:,0u-\n ".Select(c => (int)c).ToArray()))
         select (place, (byte)value)).ArrayOf().Select(changes => changes.Take(4).ToArray());

    private static byte[] Change(byte[] valid, (int Place, byte Value)[] changes)
    {
        byte[] bytes = [.. valid];
        foreach ((int place, byte value) in changes)
        {
            bytes[place % bytes.Length] = value;
        }

        return bytes;
    }

    private static bool Survives(Action decode)
    {
        try
        {
            decode();
        }
        catch (FormatException)
        {
            // What garbage deserves.
        }

        return true;
    }
}
