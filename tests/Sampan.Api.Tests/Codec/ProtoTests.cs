using FsCheck;
using FsCheck.Fluent;
using Sampan.Api.Codec;

namespace Sampan.Api.Tests.Codec;

public class ProtoTests
{
    [Fact]
    public void EndMessage_LongBody_MovesUp()
    {
        using ProtoWriter writer = new();
        int outer = writer.BeginMessage(1);
        int inner = writer.BeginMessage(2);
        writer.WriteString(3, new string('x', 20_000));
        writer.EndMessage(inner);
        writer.WriteInt64(4, -1);
        writer.EndMessage(outer);

        ProtoReader reader = new(writer.WrittenSpan);
        Assert.Equal(1, reader.ReadField());
        ProtoReader nested = reader.ReadNested();
        Assert.Equal(2, nested.ReadField());
        ProtoReader innermost = nested.ReadNested();
        Assert.Equal(3, innermost.ReadField());
        Assert.Equal(20_000, innermost.ReadString().Length);
        Assert.Equal(4, nested.ReadField());
        Assert.Equal(-1, nested.ReadInt64());
        Assert.Equal(0, nested.ReadField());
        Assert.Equal(0, reader.ReadField());
    }

    [Fact]
    public void Envelope_Value_RoundTrips()
    {
        using ProtoWriter writer = new();
        ProtoEnvelope.Write(writer, "v1", "Pod", Quantity.Parse("1Gi"));
        ProtoEnvelope envelope = ProtoEnvelope.Read(writer.WrittenSpan);
        Assert.Equal(("v1", "Pod"), (envelope.ApiVersion, envelope.Kind));
        Assert.Equal(Quantity.Parse("1Gi"), Wire.FromProto<Quantity>(envelope.Raw.ToArray()));
    }

    [Fact]
    public void Maps_Any_RoundTripInKeyOrder()
    {
        using ProtoWriter writer = new();
        writer.WriteMap(1, new Dictionary<string, Quantity> { ["b"] = new(2), ["a"] = new(1) });
        ProtoReader reader = new(writer.WrittenSpan);
        Dictionary<string, Quantity> map = [];
        while (reader.ReadField() != 0)
        {
            reader.ReadMapEntry(map);
        }

        Assert.Equal(["a", "b"], map.Keys);
        Assert.Equal(new Quantity(2), map["b"]);
    }

    [Fact]
    public void Read_Garbage_ThrowsOnlyItsOwnError() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll<byte[]>(bytes =>
        Survives(() => Wire.FromProto<Quantity>(bytes))
        && Survives(() => Wire.FromProto<Time>(bytes))
        && Survives(() => Wire.FromProto<IntOrString>(bytes))
        && Survives(() => Wire.FromProto<RawExtension>(bytes))
        && Survives(() => _ = ProtoEnvelope.Read([.. ProtoEnvelope.Magic, .. bytes]).Raw.Length)));

    private static bool Survives(Action read)
    {
        try
        {
            read();
        }
        catch (FormatException)
        {
            // What garbage deserves.
        }

        return true;
    }
}
