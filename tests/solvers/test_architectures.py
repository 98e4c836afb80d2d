"""Published nets: real modules on the meta device, and the figures of authors and libraries."""

from __future__ import annotations

from typing import get_args

import pytest

from solvers import architectures, language_models
from solvers.mistakes import architectures as mistakes
from solvers.mistakes import language_models as language_mistakes
from tests.agreement import routes_differ

NETS: dict[architectures.Net, int] = {
    "LeNet-5, original": 60_000,  # LeCun et al. 1998, sec. II.B: "60,000 trainable free parameters"
    "LeNet-5, all maps connected": 61_706,  # d2l.ai, sec. 7.6, by hand: 156 + 2416 + 48120 + 10164 + 850
    "AlexNet, two GPUs": 60_965_224,  # Caffe's bvlc_reference model; the paper says 60 million
    "AlexNet, torchvision": 61_100_840,  # torchvision, AlexNet_Weights.IMAGENET1K_V1, num_params
    "VGG-11": 132_863_336,  # torchvision, VGG11_Weights; the paper's table 2: 133 million
    "VGG-16": 138_357_544,  # torchvision, VGG16_Weights; the paper's table 2: 138 million
    "VGG-19": 143_667_240,  # torchvision, VGG19_Weights; the paper's table 2: 144 million
    "ResNet-18": 11_689_512,  # torchvision, ResNet18_Weights
    "ResNet-34": 21_797_672,  # torchvision, ResNet34_Weights
    "ResNet-50": 25_557_032,  # torchvision, ResNet50_Weights
    "ResNet-50, He et al.": 25_557_032,  # the stride's place changes no parameter
    "ResNet-101": 44_549_160,  # torchvision, ResNet101_Weights
    "ResNet-152": 60_192_808,  # torchvision, ResNet152_Weights
    "MobileNet": 4_231_976,  # TensorFlow Slim's and Keras' trainable ones; the paper: 4.2 million
    "U-Net": 31_030_658,  # tf_unet (Akeret et al. 2017) with 5 layers and 64 features
}
MODELS: dict[language_models.Model, int] = {
    "BERT-base": 109_482_240,  # transformers, BertModel bert-base-uncased; the paper: 110M
    "BERT-large": 335_141_888,  # transformers, BertModel bert-large-uncased; the paper: 340M
    "GPT-2": 124_439_808,  # transformers, gpt2; the repository: 124M, the paper: 117M
    "GPT-2 medium": 354_823_168,  # 355M; the paper: 345M
    "GPT-2 large": 774_030_080,  # 774M; the paper: 762M
    "GPT-2 XL": 1_557_611_200,  # 1558M; the paper: 1542M
    "Llama 2 7B": 6_738_415_616,  # meta-llama/Llama-2-7b-hf, safetensors
    "Llama 2 13B": 13_015_864_320,  # meta-llama/Llama-2-13b-hf, safetensors
    "Llama 2 70B": 68_976_648_192,  # meta-llama/Llama-2-70b-hf, safetensors
    "Llama 3 8B": 8_030_261_248,  # meta-llama/Meta-Llama-3-8B, safetensors
    "Mistral 7B": 7_241_732_096,  # mistralai/Mistral-7B-v0.1, safetensors
    "Mixtral 8x7B": 46_702_792_704,  # mistralai/Mixtral-8x7B-v0.1, safetensors; the paper: 47B
}


def test_every_net_has_its_published_figure() -> None:
    assert set(NETS) == set(get_args(architectures.Net))
    assert set(MODELS) == set(get_args(language_models.Model))


@pytest.mark.parametrize("name", NETS)
def test_nets_have_as_many_parameters_as_published_and_as_real_ones(
    name: architectures.Net,
) -> None:
    assert architectures.parameters(name) == NETS[name]
    assert architectures.parameters_by_torch(name) == NETS[name]


@pytest.mark.parametrize("name", ["LeNet-5, original", "ResNet-18", "MobileNet", "U-Net", "VGG-11"])
def test_work_depth_and_share_are_those_of_real_nets(name: architectures.Net) -> None:
    for solver, witness in (
        (architectures.macs, architectures.macs_by_torch),
        (architectures.depth, architectures.depth_by_torch),
        (architectures.dense_share, architectures.dense_share_by_torch),
    ):
        assert not routes_differ(solver, witness, name=name)


@pytest.mark.slow
@pytest.mark.parametrize("name", NETS)
def test_work_depth_and_share_are_those_of_all_real_nets(name: architectures.Net) -> None:
    test_work_depth_and_share_are_those_of_real_nets(name)


@pytest.mark.parametrize(
    ("name", "millions", "source"),
    [
        ("AlexNet, torchvision", 714.19, "torchvision: 0.71 GFLOPS"),
        ("VGG-16", 15_470.26, "torchvision: 15.47 GFLOPS"),
        ("ResNet-18", 1_814.07, "torchvision: 1.81 GFLOPS; He et al. 2016, table 1: 1.8"),
        ("ResNet-50", 4_089.18, "torchvision: 4.09 GFLOPS"),
        ("ResNet-50, He et al.", 3_857.97, "He et al. 2016, table 1: 3.8 x 10^9, cut off"),
        ("ResNet-152", 11_513.63, "torchvision: 11.51 GFLOPS"),
        ("MobileNet", 568.74, "Howard et al. 2017, table 8: 569 million"),
    ],
)
def test_published_work(name: architectures.Net, millions: float, source: str) -> None:
    assert round(architectures.macs(name) / 1e6, 2) == millions, source
    assert architectures.macs(name, 2) == 2 * architectures.macs(name)


def test_published_depths() -> None:
    # He et al. 2016; Howard et al. 2017, sec. 3.2: 28 layers; Ronneberger et al. 2015, sec. 2: 23
    depths = {"VGG-16": 16, "VGG-19": 19, "ResNet-50": 50, "ResNet-152": 152}
    depths |= {"MobileNet": 28, "U-Net": 23, "AlexNet, two GPUs": 8}
    for name, depth in depths.items():
        assert architectures.depth(name) == depth  # type: ignore[arg-type]
    assert mistakes.shortcuts_counted("ResNet-50") == 54
    with pytest.raises(ValueError, match="subsampling"):
        architectures.depth("LeNet-5, original")


@pytest.mark.parametrize(
    ("layer", "published"),
    [
        ("C1", 122_304),
        ("S2", 5_880),
        ("C3", 151_600),
        ("S4", 2_000),
        ("C5", 48_120),
        ("F6", 10_164),
        ("output", 840),
        ("all", 340_908),
    ],
)
def test_lenet_has_the_connections_of_its_paper(
    layer: architectures.LeNetLayer, published: int
) -> None:
    # LeCun et al. 1998, sec. II.B; 840 is what is left of the 340,908
    assert architectures.lenet_connections(layer) == published
    assert architectures.lenet_connections_by_torch(layer) == published


def test_where_the_parameters_are() -> None:
    # Worked by hand: VGG-16's three dense layers have 123,642,856
    assert architectures.dense_share("VGG-16") * 138_357_544 == 123_642_856
    # MobileNet: Howard et al. 2017, table 2: 24.33 % in the dense layer (of rounded counts)
    assert 0.24 < architectures.dense_share("MobileNet") < 0.245
    # Keras' summary of MobileNet: 4,253,864 parameters in all, 21,888 of them not trainable
    assert mistakes.running_statistics_counted("MobileNet") == 4_253_864


@pytest.mark.parametrize("name", MODELS)
def test_models_have_as_many_parameters_as_published(name: language_models.Model) -> None:
    assert language_models.parameters(name) == MODELS[name]
    assert (
        sum(language_models.part(name, each) for each in get_args(language_models.Part))
        == (MODELS[name])
    )


@pytest.mark.parametrize("name", ["BERT-base", "GPT-2", "Mistral 7B"])
def test_models_have_as_many_parameters_as_real_ones(name: language_models.Model) -> None:
    assert language_models.parameters_by_torch(name) == MODELS[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", MODELS)
def test_parts_are_those_of_real_models(name: language_models.Model) -> None:
    assert language_models.parameters_by_torch(name) == MODELS[name]
    for which in get_args(language_models.Part):
        solver, witness = language_models.part, language_models.part_by_torch
        assert not routes_differ(solver, witness, name=name, which=which)
    solver, witness = language_models.active_parameters, language_models.active_parameters_by_torch
    assert not routes_differ(solver, witness, name=name)


def test_a_token_meets_two_experts() -> None:
    # Jiang et al. 2024: 13B active parameters of 47B; 8 x 7B is not 56B
    assert language_models.active_parameters("Mixtral 8x7B") == 12_879_925_248
    assert language_mistakes.experts_times_model("Mixtral 8x7B") > 57_000_000_000
    with pytest.raises(ValueError, match="mixture of experts"):
        language_models.active_parameters("GPT-2")


def test_embeddings_weigh_less_in_larger_models() -> None:
    shares = [float(language_models.embedding_share(name)) for name in ("GPT-2", "Llama 2 7B")]
    assert [round(share, 4) for share in shares] == [0.3165, 0.0195]
    share = language_models.embedding_share_by_torch("GPT-2")
    assert share == language_models.embedding_share("GPT-2")
