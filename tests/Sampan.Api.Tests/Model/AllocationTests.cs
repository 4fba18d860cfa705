using System.Buffers;
using System.Text.Json;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;

namespace Sampan.Api.Tests.Model;

/// <summary>Budgets of bytes allocated per pod; the benchmarks show the times.</summary>
public sealed class AllocationTests
{
    private static readonly byte[] Json = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Model", "testdata", "pod.json"));

    [Fact]
    public void DecodeJson_Pod_StaysInBudget() => AssertBudget(13_000, static () => JsonCodec.Decode<Pod>(Json));

    [Fact]
    public void DecodeProto_Pod_StaysInBudget()
    {
        byte[] proto = ProtoCodec.Encode(JsonCodec.Decode<Pod>(Json));
        AssertBudget(12_000, () => ProtoCodec.Decode<Pod>(proto));
    }

    [Fact]
    public void EncodeJson_Pod_AllocatesNextToNothing()
    {
        Pod pod = JsonCodec.Decode<Pod>(Json);
        ArrayBufferWriter<byte> output = new(64 * 1024);
        using Utf8JsonWriter writer = new(output, JsonCodec.WriterOptions);
        AssertBudget(800, () =>
        {
            output.ResetWrittenCount();
            writer.Reset();
            pod.WriteJson(writer);
            writer.Flush();
        });
    }

    [Fact]
    public void EncodeProto_Pod_AllocatesNextToNothing()
    {
        Pod pod = JsonCodec.Decode<Pod>(Json);
        using ProtoWriter writer = new();
        AssertBudget(800, () =>
        {
            writer.Clear();
            pod.WriteProto(writer);
        });
    }

    private static void AssertBudget(long budget, Action action)
    {
        for (int i = 0; i < 20; i++)
        {
            action();
        }

        long least = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(least <= budget, $"{least} bytes allocated, the budget is {budget}");
    }
}
