using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Printing;

namespace Sampan.Benchmarks.Printing;

/// <summary>What `kubectl get pods` asks of the server. Budget: 512 bytes of allocation a pod beside the answer's bytes.</summary>
public class PodTableBenchmarks
{
    private const int Pods = 5000;

    private readonly ArrayBufferWriter<byte> _output = new(16 * 1024 * 1024);
    private Pod[] _pods = null!;

    [GlobalSetup]
    public void Setup()
    {
        byte[] json = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "testdata", "pod.json"));
        _pods = [.. Enumerable.Range(0, Pods).Select(_ => JsonCodec.Decode<Pod>(json))];
    }

    [Benchmark]
    public int Table5000()
    {
        _output.ResetWrittenCount();
        using Utf8JsonWriter writer = new(_output, JsonTree.WriterOptions);
        new TableWriter(Tables.For(Pod.Info), IncludeObject.Metadata, DateTimeOffset.UnixEpoch).Write(writer, _pods, new ListMeta());
        writer.Flush();
        return _output.WrittenCount;
    }
}
